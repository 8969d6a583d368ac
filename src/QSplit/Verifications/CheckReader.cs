using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Verifications;

/// <summary>Reads what an rsync that only compares says of each entry: counts and writes differences, keeps checksums, picks samples.</summary>
/// <param name="files">Where lists go.</param>
/// <param name="pass">What rsync compares. Where that is content alone, the metadata of these files was compared before.</param>
/// <param name="counts">Which entries count: of a level those are somebody else's that buckets have.</param>
/// <param name="count">Checks that every entry was reported.</param>
/// <param name="sampling">Picks files to be read in another rsync; null picks none.</param>
internal sealed class CheckReader(CheckFiles files, CheckPass pass, Func<EntryPath, bool> counts, ComparisonCount count, Sampling? sampling) : IDisposable
{
    private readonly SortedDictionary<DifferenceKind, (long Entries, List<string> First)> _found = [];
    private readonly List<EntryPath> _directories = [];
    private readonly List<EntryPath> _picked = [];
    private readonly HashSet<EntryPath> _linkedTo = [];
    private readonly SumWriter? _sums = pass is CheckPass.All or CheckPass.Content ? new(files.Sums) : null;
    private readonly DifferenceWriter _differences = new(files.Differences);
    private long _entries;
    private long _summed;
    private long _summedBytes;
    private long _leftOut;

    /// <summary>Which entries stay although they are only on the target.</summary>
    public Func<EntryPath, bool> IsKept { get; init; } = _ => false;

    /// <summary>All directories that rsync came by.</summary>
    public IReadOnlyList<EntryPath> Directories => _directories;

    /// <summary>The files that the sample has.</summary>
    public IReadOnlyList<EntryPath> Picked => _picked;

    /// <summary>Why the comparison is not complete, as the rest of a sentence; null when every entry was reported and understood.</summary>
    public string? WhyIncomplete => count.WhyIncomplete;

    /// <inheritdoc cref="ComparisonCount.Missing"/>
    public IReadOnlyCollection<EntryPath> Missing => count.Missing;

    /// <inheritdoc cref="ComparisonCount.Listed"/>
    public long? Listed => count.Listed;

    /// <summary>Whether the line tells of an entry, and whether it is worth keeping in a log.</summary>
    public (bool IsEntry, bool IsNews) Add(string line)
    {
        if (ItemizedEntry.Parse(line, hasSums: _sums is not null) is not { } entry)
        {
            if (pass != CheckPass.Links && ComparisonCount.LeftOutBy(line) is { } leftOut && counts(leftOut)) _leftOut++;
            return (false, !count.Add(line));
        }
        count.Add(entry);
        if (entry is { IsDirectory: true, IsDeleted: false }) _directories.Add(entry.Path);
        if (!counts(entry.Path) || (entry.IsDeleted && IsKept(entry.Path))) return (true, false);
        var kinds = Differences.Of(entry).Where(IsAskedFor).ToList();
        foreach (var kind in kinds) Differs(kind, entry.Path, entry.IsDirectory, entry.Size);
        // A link takes two names: a repair has to be given both.
        if (kinds.Contains(DifferenceKind.HardLink) && entry.LinkedTo is { } first && counts(first) && _linkedTo.Add(first))
            Differs(DifferenceKind.HardLink, first, isDirectory: false, entry.Size);
        if (!entry.IsDeleted) Compared(entry, kinds);
        return (true, kinds.Count > 0);
    }

    /// <summary>Takes in an entry that rsync could not compare.</summary>
    public void AddUnread(EntryPath path)
    {
        count.Excuse(path);
        if (counts(path)) Differs(DifferenceKind.Unread, path, isDirectory: false, 0);
    }

    /// <summary>Takes in an entry that rsync was not given: told of once, where all of the metadata is compared.</summary>
    public void AddSkipped(EntryPath path)
    {
        if (pass is CheckPass.All or CheckPass.Metadata) AddUnread(path);
        else count.Excuse(path);
    }

    /// <summary>Says that all was heard: the lists are whole.</summary>
    public Checked Keep()
    {
        _differences.Keep();
        return new(
            _entries,
            _summed,
            _summedBytes,
            [.. _found.Select(found => new Found(found.Key, found.Value.Entries, [.. found.Value.First]))],
            _sums?.Keep() is { } list ? [list] : [])
        { LeftOut = _leftOut };
    }

    public void Dispose()
    {
        _sums?.Dispose();
        _differences.Dispose();
    }

    private void Compared(ItemizedEntry entry, List<DifferenceKind> kinds)
    {
        if (pass is CheckPass.All or CheckPass.Metadata) _entries++;
        if (!entry.IsFile) return;
        // Of a file that is missing or of another size is nothing more to be found.
        if (!kinds.Contains(DifferenceKind.Missing) && !kinds.Contains(DifferenceKind.Content) && sampling?.Picks(entry.Path) == true) _picked.Add(entry.Path);
        if (entry.Sum is null) return;
        _sums!.Add(entry.Sum, entry.Path, entry.Size);
        // What is not on the target was read on one side only.
        if (!entry.IsNew) (_summed, _summedBytes) = (_summed + 1, _summedBytes + entry.Size);
    }

    private bool IsAskedFor(DifferenceKind kind) => pass switch
    {
        CheckPass.Content => kind == DifferenceKind.Content,
        CheckPass.Links => kind == DifferenceKind.HardLink,
        CheckPass.Extras => kind is DifferenceKind.Extra or DifferenceKind.Leftover,
        _ => true,
    };

    private void Differs(DifferenceKind kind, EntryPath path, bool isDirectory, long size)
    {
        var (entries, first) = _found.TryGetValue(kind, out var found) ? found : (0, []);
        if (first.Count < Found.MostNames) first.Add(path.ToString());
        _found[kind] = (entries + 1, first);
        _differences.Add(new(kind, isDirectory, size, path));
    }
}
