using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What becomes of an item once its directory has been read: its children, or the item as it was where it cannot be divided.</summary>
internal sealed class Expansion(DirectoryTotals directory)
{
    private readonly ChildTotals? _unnameable = Unnameable(directory);

    public EntryPath Path => directory.Path;

    /// <summary>Whether it gives way to its children.</summary>
    public bool IsLevel => _unnameable is null && (directory.Path.IsRoot || directory.IsPartial || !directory.Children.IsEmpty);

    /// <summary>How many items <see cref="Write"/> writes.</summary>
    public int Length => IsLevel ? directory.Children.Length : 1;

    /// <summary>Why the directory stays whole, where a person can do something about it.</summary>
    public TreeNote? Note => _unnameable is not { } child ? null : new(
        TreeNoteKind.KeptWhole,
        directory.Path,
        $"Kept whole in one bucket, because the source calls an entry of it '{ByteText.Write(child.Name.Span)}', which cannot be a name: {WhyNotAName(child)}. " +
        "Renaming that entry on the source lets the directory be divided.");

    /// <param name="item">The directory, as it was before it was read.</param>
    public void Write(Span<FrontierItem> parts, FrontierItem item, CostModel cost)
    {
        if (!IsLevel)
        {
            parts[0] = directory.Withheld ? item with { Expandable = false } : item with { Totals = directory.Totals, Weight = cost.Weight(directory.Totals), Expandable = false };
            return;
        }
        for (var i = 0; i < parts.Length; i++)
        {
            var child = directory.Children[i];
            var expandable = child is { Kind: EntryKind.Directory, Expandable: true } && (child.MustDivide || child.Totals.Entries > 1);
            parts[i] = new(directory.Path.Combine(child.Name.Span), child.Totals, cost.Weight(child.Totals), expandable) { Kind = child.Kind, MustDivide = expandable && child.MustDivide };
        }
    }

    private static ChildTotals? Unnameable(DirectoryTotals directory)
    {
        foreach (var child in directory.Children)
            if (WhyNotAName(child) is not null) return child;
        return null;
    }

    private static string? WhyNotAName(ChildTotals child) => EntryPath.WhyNotAName(child.Name.Span) ?? child.Doubt;
}
