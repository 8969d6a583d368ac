using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>An entry that changed.</summary>
/// <param name="What">What of it is meant.</param>
/// <param name="Totals">Of what is to be copied; of a directory with all below it.</param>
internal readonly record struct ChangedEntry(EntryPath Path, ChangedPart What, Totals Totals);

/// <summary>What of an entry is meant.</summary>
internal enum ChangedPart
{
    /// <summary>A file, a link or a special.</summary>
    Entry,

    /// <summary>A directory with all below it.</summary>
    Whole,

    /// <summary>A directory itself, with nothing in it.</summary>
    Attributes,
}

/// <summary>
/// A tree in which there is nothing but what changed, and the directories that lead there. Those have to be divided: a plan of it has each change as an
/// item, and each directory around one as a level.
/// </summary>
internal sealed class ChangedTree : ITreeSource
{
    private readonly Dictionary<EntryPath, Totals> _around = new() { [EntryPath.Root] = Totals.Zero };
    private readonly Dictionary<EntryPath, List<ChildTotals>> _children = [];
    private readonly ITreeSource? _whole;

    /// <param name="location">Where the whole tree was read.</param>
    /// <param name="changes">None inside another that is meant whole.</param>
    /// <param name="whole">Tells what is below directories that are meant whole, so that heavy ones can be divided; null where nobody does.</param>
    public ChangedTree(string location, IEnumerable<ChangedEntry> changes, ITreeSource? whole = null)
    {
        (Location, _whole) = (location, whole);
        foreach (var change in changes)
        {
            if (change.What == ChangedPart.Attributes) _around.TryAdd(change.Path, Totals.Zero);
            else ChildrenOf(change.Path.Parent).Add(new(change.Path.Name.ToArray(), change.What == ChangedPart.Whole ? EntryKind.Directory : EntryKind.File, change.Totals, Expandable: whole is not null && change.What == ChangedPart.Whole));
            foreach (var above in change.Path.Upwards().Skip(1)) _around[above] = _around.GetValueOrDefault(above) + change.Totals;
        }
        foreach (var (path, totals) in _around)
            if (!path.IsRoot) ChildrenOf(path.Parent).Add(new(path.Name.ToArray(), EntryKind.Directory, totals, Expandable: true) { MustDivide = true });
    }

    public string Location { get; }

    public ImmutableArray<TreeNote> Notes => _whole?.Notes ?? [];

    // Several directories are read at once: nothing is added here.
    public Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken) => _around.TryGetValue(directory, out var totals)
        ? Task.FromResult(new DirectoryTotals(directory, totals, [.. _children.GetValueOrDefault(directory) ?? []]) { IsPartial = true })
        : _whole!.ReadAsync(directory, cancellationToken);

    private List<ChildTotals> ChildrenOf(EntryPath directory) => _children.TryGetValue(directory, out var children) ? children : _children[directory] = [];
}
