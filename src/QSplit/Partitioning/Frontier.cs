using System.Collections.Immutable;
using System.Runtime.InteropServices;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What a partitioner knows of a tree so far: the directories that were expanded, and the items that lie below them.</summary>
public sealed class Frontier
{
    private readonly bool _leavesUnnamed;

    private Frontier(CostModel cost, bool leavesUnnamed, ImmutableArray<FrontierItem> items) =>
        (Cost, _leavesUnnamed, Items) = (cost, leavesUnnamed, items);

    public CostModel Cost { get; }

    /// <summary>
    /// Every entry that is not a level is one of these or below one, but for those without a usable name, which <see cref="Notes"/> tell of; in
    /// the order of <see cref="FrontierItem.CompareTo"/>.
    /// </summary>
    public ImmutableArray<FrontierItem> Items { get; }

    /// <summary>The expanded directories in the order of their bytes: parents before children.</summary>
    public ImmutableArray<EntryPath> Levels { get; private init; } = [];

    /// <summary>Entries that are neither items nor levels, nor below an item: they have no usable name.</summary>
    internal Totals Unnamed { get; private init; }

    /// <summary>The directories that have entries without a usable name, and what that means for them.</summary>
    public ImmutableArray<TreeNote> Notes { get; private init; } = [];

    /// <summary>The tree as its root tells of it. The root is always expanded, unless a child that cannot be named keeps it whole.</summary>
    /// <param name="leavesUnnamed">
    /// Whether entries without a usable name may be in no bucket, since a later pass copies them. Otherwise they keep their directory whole.
    /// </param>
    public static Frontier Start(DirectoryTotals root, CostModel cost, bool leavesUnnamed = true) =>
        new Frontier(cost, leavesUnnamed, [new(root.Path, root.Totals, cost.Weight(root.Totals), Expandable: true) { Kind = EntryKind.Directory }]).With([root]);

    /// <summary>
    /// Expands the directories that were read: each gives way to its children and becomes a level. One that turns out empty stays
    /// an item (the root is a level all the same), and so does one that was withheld. Children that cannot be named become no items; where there are no others, the directory stays one.
    /// </summary>
    /// <exception cref="ArgumentException">A directory is not among <see cref="Items"/>, or cannot be expanded.</exception>
    public Frontier With(IReadOnlyCollection<DirectoryTotals> read)
    {
        var expansions = read.ToDictionary(directory => directory.Path, directory => new Expansion(directory, _leavesUnnamed));
        bool IsRead(FrontierItem item) => item.Expandable && expansions.ContainsKey(item.Path);
        var expanded = Items.Where(IsRead).Select(item => (Item: item, By: expansions[item.Path])).ToList();
        if (expanded.Count != read.Count)
            throw new ArgumentException("A directory was read that is not an item of this frontier, or one that cannot be expanded.", nameof(read));

        var kept = Items.Length - expanded.Count;
        var items = new FrontierItem[kept + expanded.Sum(expansion => expansion.By.Length)];
        var rest = items.AsSpan(kept);
        foreach (var (item, by) in expanded)
        {
            by.Write(rest[..by.Length], item, Cost);
            rest = rest[by.Length..];
        }
        var fresh = SortedItems.SortDistinct(items.AsSpan(kept));
        var length = SortedItems.Merge(Items.Where(item => !IsRead(item)), items, kept, fresh);
        if (length < items.Length) Array.Resize(ref items, length);
        return new(Cost, _leavesUnnamed, ImmutableCollectionsMarshal.AsImmutableArray(items))
        {
            Levels = [.. Levels.Concat(expansions.Values.Where(by => by.IsLevel).Select(by => by.Path)).Order()],
            Unnamed = expansions.Values.Aggregate(Unnamed, (sum, by) => sum + by.Unnamed),
            Notes = [.. Notes, .. expansions.Values.Select(by => by.Note).OfType<TreeNote>()],
        };
    }
}
