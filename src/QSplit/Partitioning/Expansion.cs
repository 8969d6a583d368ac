using System.Collections.Immutable;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What becomes of an item once its directory has been read: its children, or the item as it was where it cannot be divided.</summary>
/// <param name="leavesUnnamed">
/// Whether entries without a usable name may be in no bucket: the pass that finishes the shared directories copies what no bucket has, under
/// the name that it finds on disk. Otherwise such an entry keeps its directory whole.
/// </param>
internal sealed class Expansion(DirectoryTotals directory, bool leavesUnnamed)
{
    private readonly ImmutableArray<ChildTotals> _unnamed = [.. directory.Children.Where(child => WhyNotAName(child) is not null)];

    public EntryPath Path => directory.Path;

    /// <summary>Whether it gives way to its children.</summary>
    public bool IsLevel => _unnamed.IsEmpty
        ? directory.Path.IsRoot || directory.IsPartial || !directory.Children.IsEmpty
        : leavesUnnamed && _unnamed.Length < directory.Children.Length;

    /// <summary>How many items <see cref="Write"/> writes.</summary>
    public int Length => IsLevel ? directory.Children.Length - _unnamed.Length : 1;

    /// <summary>What a person can do something about; null for nothing.</summary>
    public TreeNote? Note => _unnamed.IsEmpty ? null : new(TreeNoteKind.KeptWhole, directory.Path, $"{Said} {(IsLevel ? Left : Whole)}");

    /// <summary>Its entries that are in no bucket, with all below them.</summary>
    public Totals Unnamed => IsLevel ? _unnamed.Aggregate(Totals.Zero, (sum, child) => sum + child.Totals) : Totals.Zero;

    private const string Whole = "The directory is kept whole in one bucket. To let it be divided, give its entries other names on the source.";

    private string Said => _unnamed.Length == 1
        ? $"The source calls an entry '{ByteText.Write(_unnamed[0].Name.Span)}', which cannot be a name: {WhyNotAName(_unnamed[0])}."
        : $"The source calls {Humane.Count(_unnamed.Length)} entries by what cannot be names, first '{ByteText.Write(_unnamed[0].Name.Span)}': " +
          $"{WhyNotAName(_unnamed[0])}.";

    private string Left
    {
        get
        {
            var them = _unnamed.Length == 1 ? "it" : "them";
            return $"No bucket has {them}: one rsync copies {them} at the end, with the shared directories " +
                $"({Humane.Count(Unnamed.Entries, "entry", "entries")}, {Humane.Bytes(Unnamed.Bytes)}). Rename {them} on the source to let a bucket copy {them}.";
        }
    }

    /// <param name="item">The directory, as it was before it was read.</param>
    public void Write(Span<FrontierItem> parts, FrontierItem item, CostModel cost)
    {
        if (!IsLevel)
        {
            parts[0] = directory.Withheld ? item with { Expandable = false } : item with { Totals = directory.Totals, Weight = cost.Weight(directory.Totals), Expandable = false };
            return;
        }
        var at = 0;
        foreach (var child in directory.Children)
        {
            if (!_unnamed.IsEmpty && WhyNotAName(child) is not null) continue;
            var expandable = child is { Kind: EntryKind.Directory, Expandable: true } && (child.MustDivide || child.Totals.Entries > 1);
            parts[at++] = new(directory.Path.Combine(child.Name.Span), child.Totals, cost.Weight(child.Totals), expandable)
            {
                Kind = child.Kind,
                MustDivide = expandable && child.MustDivide,
            };
        }
    }

    private static string? WhyNotAName(ChildTotals child) => EntryPath.WhyNotAName(child.Name.Span) ?? child.Doubt;
}
