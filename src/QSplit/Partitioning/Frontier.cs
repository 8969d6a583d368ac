using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What a partitioner knows of a tree so far: the directories that were expanded, and the items that lie below them.</summary>
public sealed class Frontier
{
    private Frontier(CostModel cost, ImmutableArray<FrontierItem> items, ImmutableArray<EntryPath> levels, ImmutableArray<TreeNote> notes) =>
        (Cost, Items, Levels, Notes) = (cost, items, levels, notes);

    public CostModel Cost { get; }

    /// <summary>Every entry that is not a level is one of these or below one; in the order of <see cref="FrontierItem.CompareTo"/>.</summary>
    public ImmutableArray<FrontierItem> Items { get; }

    /// <summary>The expanded directories in the order of their bytes: parents before children.</summary>
    public ImmutableArray<EntryPath> Levels { get; }

    /// <summary>The directories that are kept whole although they are heavy, and why.</summary>
    public ImmutableArray<TreeNote> Notes { get; }

    /// <summary>The tree as its root tells of it. The root is always expanded, unless a child of it cannot be named.</summary>
    public static Frontier Start(DirectoryTotals root, CostModel cost) =>
        new Frontier(cost, [new(root.Path, root.Totals, cost.Weight(root.Totals), Expandable: true)], [], []).With([root]);

    /// <summary>
    /// Expands the directories that were read: each gives way to its children and becomes a level. One that turns out empty stays
    /// an item (the root is a level all the same), and so does one with a child that cannot be named, or that was withheld.
    /// </summary>
    /// <exception cref="ArgumentException">A directory is not among <see cref="Items"/>.</exception>
    public Frontier With(IReadOnlyCollection<DirectoryTotals> read)
    {
        var byPath = read.ToDictionary(d => d.Path);
        var kept = Items.Where(item => !byPath.ContainsKey(item.Path)).ToList();
        if (kept.Count + read.Count != Items.Length)
            throw new ArgumentException("A directory was read that is not an item of this frontier.", nameof(read));

        var (whole, divided) = (Whole(read), read.Where(d => Unnameable(d) is null && !IsEmptyBelowTheRoot(d)).ToList());
        // A name that a source lists twice (renamed while it was paged through) must not go to two buckets.
        var fresh = whole.Concat(divided.SelectMany(Children)).Order().DistinctBy(item => item.Path).ToList();
        var notes = read.Select(d => (Directory: d, Child: Unnameable(d))).Where(d => d.Child is not null).Select(d => KeptWhole(d.Directory, d.Child!));
        return new(Cost, Merge(kept, fresh), [.. Levels.Concat(divided.Select(d => d.Path)).Order()], [.. Notes, .. notes]);
    }

    private IEnumerable<FrontierItem> Whole(IEnumerable<DirectoryTotals> read)
    {
        var whole = read.Where(d => Unnameable(d) is not null || IsEmptyBelowTheRoot(d)).ToDictionary(d => d.Path);
        return Items.Where(item => whole.ContainsKey(item.Path)).Select(item => whole[item.Path] is { Withheld: false, Totals: var totals }
            ? new(item.Path, totals, Cost.Weight(totals), Expandable: false)
            : item with { Expandable = false });
    }

    private IEnumerable<FrontierItem> Children(DirectoryTotals directory) =>
        directory.Children.Select(child => new FrontierItem(
            directory.Path.Combine(child.Name.Span),
            child.Totals,
            Cost.Weight(child.Totals),
            child is { Kind: EntryKind.Directory, Expandable: true, Totals.Entries: > 1 }));

    private static ChildTotals? Unnameable(DirectoryTotals directory) =>
        directory.Children.FirstOrDefault(c => WhyNotAName(c) is not null);

    private static string? WhyNotAName(ChildTotals child) => EntryPath.WhyNotAName(child.Name.Span) ?? child.Doubt;

    private static bool IsEmptyBelowTheRoot(DirectoryTotals directory) => directory.Children.IsEmpty && !directory.Path.IsRoot;

    private static TreeNote KeptWhole(DirectoryTotals directory, ChildTotals child) => new(
        TreeNoteKind.KeptWhole,
        directory.Path,
        $"Kept whole in one bucket, because the source calls an entry of it '{ByteText.Write(child.Name.Span)}', " +
        $"which cannot be a name: {WhyNotAName(child)}. " +
        "Renaming that entry on the source lets the directory be divided.");

    /// <summary>Every item is sorted once, when it is found: planning a flat directory of 200,000 files must not sort them again each round.</summary>
    private static ImmutableArray<FrontierItem> Merge(List<FrontierItem> left, List<FrontierItem> right)
    {
        var merged = ImmutableArray.CreateBuilder<FrontierItem>(left.Count + right.Count);
        for (int l = 0, r = 0; l < left.Count || r < right.Count;)
            merged.Add(r == right.Count || (l < left.Count && left[l].CompareTo(right[r]) <= 0) ? left[l++] : right[r++]);
        return merged.MoveToImmutable();
    }
}
