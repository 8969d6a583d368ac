using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What rsync says on standard output: progress while it runs, statistics at its end, directories that a seal made.</summary>
/// <param name="progress">Given the logical bytes gone across in this attempt so far, with each line of progress.</param>
public sealed partial class RsyncOutput(Action<long> progress)
{
    private readonly List<EntryPath> _createdDirectories = [];

    public Moved Moved { get; private set; }

    /// <summary>Directories that rsync made; only where <c>--out-format=%i %n</c> was asked for.</summary>
    public IReadOnlyList<EntryPath> CreatedDirectories => _createdDirectories;

    /// <summary>Whether the line is worth keeping in a log: all but the display of progress.</summary>
    public bool Add(string line)
    {
        if (Progress().Match(line) is { Success: true } at)
        {
            progress(Number(at));
            return false;
        }
        if (line.StartsWith("cd+++++++++ ", StringComparison.Ordinal)) _createdDirectories.Add(EntryPath.Parse(line[12..]));
        else if (Transferred().Match(line) is { Success: true } files) Moved = Moved with { Files = Number(files) };
        else if (TransferredSize().Match(line) is { Success: true } bytes) Moved = Moved with { Bytes = Number(bytes) };
        else if (Created().Match(line) is { Success: true } created) Moved = Moved with { Created = Number(created) };
        return true;
    }

    private static long Number(Match match) => long.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s+(?<n>\d+)\s+\d+%\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Progress();

    [GeneratedRegex(@"^Number of regular files transferred: (?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Transferred();

    [GeneratedRegex(@"^Total transferred file size: (?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TransferredSize();

    [GeneratedRegex(@"^Number of created files: (?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Created();
}
