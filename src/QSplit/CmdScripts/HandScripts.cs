using System.Collections.Immutable;
using System.Text;
using QSplit.Partitioning;
using QSplit.Processes;
using QSplit.Transfers;

namespace QSplit.CmdScripts;

/// <summary>
/// Batch files for people who run a plan on Windows by hand: <c>qsync_STAMP_bucketN.cmd</c> for each bucket, in any order and at the same time, on as many
/// machines as there are; then <c>qsync_STAMP_levels.cmd</c>.
/// </summary>
internal static class HandScripts
{
    /// <summary>Writes them into the folder of a plan.</summary>
    /// <param name="source">Where Windows sees the source; another can be named when a script is run.</param>
    /// <exception cref="StorageException">The folder cannot be written, or a job does not fit into a line.</exception>
    public static void Write(string folder, Plan plan, string source, string target, ImmutableArray<string> options, ImmutableArray<string> leaveOut)
    {
        var lines = new RobocopyLines(RobocopyArguments.Common(options), leaveOut, Math.Max(260, Math.Max(source.Length, target.Length)), " /UNILOG+:\"%LOG%\" /TEE");
        try
        {
            foreach (var bucket in plan.Buckets)
                Save($"{plan.Stamp}_bucket{bucket.Number}", $"Bucket {bucket.Number} of {plan.Buckets.Length}", RobocopyJobs.OfBucket(plan, bucket));
            Save(
                $"{plan.Stamp}_levels",
                "To be run after all buckets: the directories that several of them share, the deepest first. For each it sets attributes and times, and copies files that came to it meanwhile",
                RobocopyJobs.Seal(plan));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The scripts of {plan.Migration} cannot be written to {folder}: {error.Message} Free some room or mend the permissions there, then plan again.", error);
        }

        void Save(string name, string what, IEnumerable<RobocopyJob> jobs) =>
            File.WriteAllText(Path.Combine(folder, $"qsync_{name}.cmd"), Text(what, source, target, lines.Of(jobs)), new UTF8Encoding(false));
    }

    // The name of the first line is that of the file; what is not ASCII comes only once cmd reads UTF-8. An argument may end in a backslash: D:\.
    // robocopy's exit code is bits (learn.microsoft.com, "Exit (return) codes"); 1, copied, and 2, more on the target than in the source, are no failures.
    private static string Text(string what, string source, string target, string jobs) => $"""
        @echo off
        rem {what}.
        rem Usage: %~nx0 [SOURCE TARGET]. It can be run again: what is there already is skipped. The log is beside it.
        setlocal EnableExtensions DisableDelayedExpansion
        chcp 65001 >nul
        set "SRC={CmdQuote.Inside(source.TrimEnd('\\'))}"
        set "DST={CmdQuote.Inside(target.TrimEnd('\\'))}"
        if not "%~1"=="" set "SRC=%~1"
        if not "%~2"=="" set "DST=%~2"
        if "%SRC:~-1%"=="\" set "SRC=%SRC:~0,-1%"
        if "%DST:~-1%"=="\" set "DST=%DST:~0,-1%"
        set "LOG=%~dpn0.log"
        set CODE=0

        """.ReplaceLineEndings("\r\n") + jobs + """
        if %CODE% geq 16 echo robocopy could not begin: it does not take its arguments, or cannot reach source or target. See "%LOG%" 1>&2
        if %CODE% geq 8 if %CODE% lss 16 echo Some files or directories were not copied although that was tried again. See "%LOG%" 1>&2
        if %CODE% geq 4 if %CODE% lss 8 echo Something is a file on one side and a directory on the other, and was left alone. See "%LOG%" 1>&2
        exit /b %CODE%

        """.ReplaceLineEndings("\r\n");
}
