using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What rsync says on standard output: progress while it runs, statistics at its end, the directories that a seal came by.</summary>
/// <param name="progress">Given the logical bytes gone across in this attempt so far, with each line of progress.</param>
internal sealed partial class RsyncOutput(Action<long> progress)
{
    private const int ItemizedName = 12;
    private readonly List<EntryPath> _directories = [];

    /// <summary>By its statistics. An rsync that is ended gives none: of one that never did, the bytes that its progress told.</summary>
    public Moved Moved { get; private set; }

    /// <summary>How many entries it found on the source, by its statistics; null before them.</summary>
    public long? Listed { get; private set; }

    /// <summary>All directories that rsync came by; only of a seal, which itemizes.</summary>
    public IReadOnlyList<EntryPath> Directories => _directories;

    /// <summary>Whether the line is worth keeping in a log: all but the display of progress, and what was right already.</summary>
    public bool Add(string line)
    {
        if (Progress().Match(line) is { Success: true } at)
        {
            Moved = Moved with { Bytes = Number(at) };
            progress(Moved.Bytes);
            return false;
        }
        if (Itemized().IsMatch(line))
        {
            if (line[1] == 'd') _directories.Add(EntryPath.Parse(line[ItemizedName..]));
            return line[0] != '.';
        }
        if (FilesTransferred().Match(line) is { Success: true } files) Moved = Moved with { Files = Number(files) };
        else if (TransferredSize().Match(line) is { Success: true } bytes) Moved = Moved with { Bytes = Number(bytes) };
        else if (All().Match(line) is { Success: true } all) Listed = Number(all);
        else if (Created().Match(line) is { Success: true } created) Moved = Moved with { Created = Number(created) };
        else if (Deleted().Match(line) is { Success: true } deleted) Moved = Moved with { Deleted = Number(deleted) };
        return true;
    }

    private static long Number(Match match) => long.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);

    // rsync(1), --itemize-changes: YXcstpoguax, then the name.
    [GeneratedRegex("^[<>ch.*][fdLDS][^ ].{8} |^[.][fdLDS] {9} ", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Itemized();

    [GeneratedRegex(@"^\s+(?<n>\d+)\s+\d+%\s", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Progress();

    [GeneratedRegex(@"^Number of files: (?<n>\d+)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex All();

    [GeneratedRegex(@"^Number of regular files transferred: (?<n>\d+)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex FilesTransferred();

    [GeneratedRegex(@"^Total transferred file size: (?<n>\d+)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex TransferredSize();

    [GeneratedRegex(@"^Number of deleted files: (?<n>\d+)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Deleted();

    [GeneratedRegex(@"^Number of created files: (?<n>\d+)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Created();
}
