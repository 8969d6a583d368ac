using System.Collections.Immutable;
using System.Text;
using QSplit.Processes;
using QSplit.Transfers;

namespace QSplit.CmdScripts;

/// <summary>
/// Jobs as lines of a batch file, in which <c>SRC</c> and <c>DST</c> are the two trees without a backslash at their ends, and <c>CODE</c> gathers the
/// bits of robocopy's exit codes.
/// </summary>
/// <param name="common">For every job: see <see cref="RobocopyArguments.Common"/>.</param>
/// <param name="leaveOut">Names of directories that are not copied.</param>
/// <param name="mount">How many UTF-16 units the longer of the two trees has.</param>
/// <param name="behind">What comes at the end of each line, as it stands.</param>
internal sealed class RobocopyLines(ImmutableArray<string> common, ImmutableArray<string> leaveOut, int mount, string behind)
{
    /// <summary>How long a text is; in UTF-16 units by default.</summary>
    public Func<string, int> LengthOf { get; init; } = text => text.Length;

    /// <summary>A line that comes before each job, as it stands; empty is none.</summary>
    public string Before { get; init; } = "";

    /// <summary>How many UTF-16 units cmd takes as one line, with its variables filled in (learn.microsoft.com, "Command prompt line string limitation").</summary>
    public const int LongestLine = 8191;

    // What fills in what is behind the job: the path of a log.
    private const int Spare = 300;

    /// <summary>The jobs, each followed by a line that takes its exit code.</summary>
    /// <exception cref="StorageException">The options and paths of a job are too long for a line.</exception>
    public string Of(IEnumerable<RobocopyJob> jobs)
    {
        var lines = new StringBuilder();
        foreach (var line in jobs.SelectMany(Lines)) lines.Append(Before.Length > 0 ? Before + "\r\n" : "").Append(line).Append("\r\n").Append("set /a \"CODE|=%ERRORLEVEL%\"\r\n");
        return lines.ToString();
    }

    private IEnumerable<string> Lines(RobocopyJob job)
    {
        if (job is not RobocopyJob.NamedFiles files) return [Line(job)];
        var (lines, room) = (new List<string>(), LongestLine - Length(files with { Names = [] }));
        for (var at = 0; at < files.Names.Length;)
        {
            var (end, left) = (at, room);
            while (end < files.Names.Length && left >= LengthOf(Quoted(files.Names[end]))) left -= LengthOf(Quoted(files.Names[end++]));
            if (end == at) throw TooLongFor(job);
            lines.Add(Line(files with { Names = files.Names[at..end] }));
            at = end;
        }
        return lines;
    }

    private string Line(RobocopyJob job)
    {
        var line = Text(job);
        // Without the names that are too many, nothing new comes across at that level.
        if (Length(job) > LongestLine) return job is RobocopyJob.Level ? Line(new RobocopyJob.Bare(job.Directory)) : throw TooLongFor(job);
        return line;
    }

    private int Length(RobocopyJob job) => LengthOf(Text(job)) + (2 * mount) + Spare;

    private string Text(RobocopyJob job)
    {
        var path = $"\\{(job.Directory.IsRoot ? "." : CmdQuote.Inside(Encoding.UTF8.GetString(job.Directory.Bytes).Replace('/', '\\')))}";
        var words = RobocopyArguments.Of(job, leaveOut).Concat(common).Select(Quoted);
        return $"robocopy \"%SRC%{path}\" \"%DST%{path}\"{string.Concat(words)}{behind}";
    }

    private static string Quoted(string word) => word.StartsWith('/') ? $" {word}" : $" {CmdQuote.Argument(word)}";

    private static StorageException TooLongFor(RobocopyJob job) =>
        new($"A line for {job.Directory} would have more than the {LongestLine:N0} characters that the command interpreter of Windows takes. Shorten 'options' and 'leaveOut', or the path.");
}
