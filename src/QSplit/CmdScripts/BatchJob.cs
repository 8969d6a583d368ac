using System.Collections.Immutable;
using System.Text;
using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.CmdScripts;

/// <summary>What one attempt is as a batch file: is this the planned tree, has nobody else the work in hand, and then one robocopy after another.</summary>
/// <remarks>
/// OpenSSH on Windows does not end what it started when a connection is lost (github.com/PowerShell/Win32-OpenSSH/issues/1751), so the batch holds a file open in the
/// target while it works: cmd opens what it redirects to so that nobody else can write there, robocopy inherits that, and Windows and SMB servers let go of it when the
/// last of them has ended, however it ended. A second attempt, on whatever host, cannot open it. That needs a target whose server keeps to
/// the share modes of SMB, as all do unless they are told otherwise, and that all hosts see the same one.
/// </remarks>
internal static class BatchJob
{
    /// <summary>The exit code where the target is not there.</summary>
    public const int NoTarget = 92;

    /// <summary>The exit code where an earlier attempt at the same work has not ended, or the target cannot be written; the earlier one was asked to end.</summary>
    public const int InHand = 93;

    /// <summary>The exit code of one that ended before its time because it was asked to.</summary>
    public const int AskedToEnd = 94;

    /// <param name="lease">Names the work: the same for each attempt at it.</param>
    public static Script Of(Pass pass, RobocopyPaths paths, ImmutableArray<RobocopyJob> jobs, IEnumerable<EntryPath> witnesses, string lease)
    {
        var lines = new RobocopyLines(RobocopyArguments.Common(paths.Options), paths.LeaveOut, Math.Max(Bytes(paths.Source), Bytes(paths.Target)), "")
        {
            LengthOf = Bytes,
            Before = $"if exist \"%HELD%.end\" exit /b {AskedToEnd}",
        };
        var text = About(paths, lease).SetTree("SRC", paths.Source).RequireTree(paths.Source, witnesses);
        if (pass == Pass.Open) text.Line("if not exist \"%DST%\\\" mkdir \"%DST%\"");
        return text
            .Line($"""
                if not exist "%DST%\" exit /b {NoTarget}
                set MINE=
                (set MINE=1& call "%~f0" held) 9>"%HELD%.lock"
                set "CODE=%ERRORLEVEL%"
                if not defined MINE (echo end>"%HELD%.end"& exit /b {InHand})
                """)
            .Line(pass == Pass.Seal ? Cleared(lines, lease) : "del \"%HELD%.lock\" >nul 2>nul")
            .Line("exit /b %CODE%")
            .Line(":held")
            .Line("if exist \"%HELD%.end\" del \"%HELD%.end\"")
            .Line("set CODE=0")
            .Line(lines.Of(jobs))
            .Line("exit /b %CODE%")
            .ToScript();
    }

    /// <summary>Asks an attempt that nobody listens to any more to end before its next robocopy.</summary>
    public static Script End(RobocopyPaths paths, string lease) => About(paths, lease).Line("""if exist "%HELD%.lock" echo end>"%HELD%.end" """).ToScript();

    private static BatchText About(RobocopyPaths paths, string lease) => new BatchText().SetTree("DST", paths.Target).Line($"set \"HELD=%DST%\\{Prefix(lease)}\"");

    // What was held for any of the run is cleared away; what is still held stays. That changes the time of the target itself, which is set again.
    private static string Cleared(RobocopyLines lines, string lease) =>
        $"del \"%DST%\\{Prefix(lease.Split('/')[0])}-*\" >nul 2>nul\r\n{lines.Of([new RobocopyJob.Bare(EntryPath.Root)])}";

    private static string Prefix(string lease) => $".qsplit-{lease.Replace('/', '-')}";

    // cmd and findstr count the bytes of a line, where it comes from a file or a pipe.
    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
