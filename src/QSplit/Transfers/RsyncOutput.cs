using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What rsync says on standard output: progress while it runs, statistics at its end, the directories that a seal came by.</summary>
/// <param name="progress">Given the logical bytes that were sent in this attempt so far, with each line of progress.</param>
/// <param name="wholeFiles">Given those of them that belong to complete files, before <paramref name="progress"/> is.</param>
internal sealed partial class RsyncOutput(Action<long> progress, Action<long>? wholeFiles = null)
{
    private const int ItemizedName = 12;
    private readonly List<EntryPath> _directories = [];

    /// <summary>By its statistics. An rsync that is ended prints none: then the complete files of its progress, because the rest is sent again.</summary>
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
            var sent = Number(at);
            if (at.Groups["files"] is { Success: true } whole)
            {
                Moved = Moved with { Bytes = sent, Files = long.Parse(whole.ValueSpan, CultureInfo.InvariantCulture) };
                wholeFiles?.Invoke(sent);
            }
            progress(sent);
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

    // 3145728  33%    2.01MB/s    0:00:01 (xfr#1, to-chk=2/4): the end is there when a file is complete.
    [GeneratedRegex(@"^\s+(?<n>\d+)\s+\d+%\s([^(]*\(xfr#(?<files>\d+),)?", RegexOptions.ExplicitCapture, Timeout.Infinite)]
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
