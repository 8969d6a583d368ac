using QSplit.Deletions;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>What is to be done about the differences of a verification: pure.</summary>
internal static class Repairs
{
    /// <summary>What is to be copied; also the directories around what is to be deleted, whose times change by that.</summary>
    public static IEnumerable<ChangedEntry> ChangesOf(IReadOnlyCollection<EntryDifference> differences)
    {
        var missing = differences.Where(d => d is { Kind: DifferenceKind.Missing, IsDirectory: true }).Select(d => d.Path).ToHashSet();
        var totals = new Dictionary<EntryPath, ChangedEntry>();
        foreach (var difference in differences.DistinctBy(d => d.Path))
        {
            if (IsOnlyOnTarget(difference))
            {
                totals.TryAdd(difference.Path.Parent, new(difference.Path.Parent, ChangedPart.Attributes, Totals.Zero));
                continue;
            }
            var path = Topmost(difference.Path, missing);
            var (isWhole, own) = (missing.Contains(path), new Totals(difference.IsDirectory ? 0 : difference.Size, difference.IsDirectory ? 0 : difference.Size, 1));
            if (isWhole) totals[path] = new(path, ChangedPart.Whole, totals.GetValueOrDefault(path).Totals + own);
            else totals[path] = difference.IsDirectory ? new(path, ChangedPart.Attributes, Totals.Zero) : new(path, ChangedPart.Entry, own);
        }
        return totals.Values;
    }

    /// <summary>What is to be deleted.</summary>
    public static DeletionList DeletionsOf(IReadOnlyCollection<EntryDifference> differences)
    {
        var copied = differences.Where(d => !IsOnlyOnTarget(d) && (!d.IsDirectory || d.Kind == DifferenceKind.Missing)).Select(d => d.Path).ToHashSet();
        return DeletionList.Of(differences.Where(IsOnlyOnTarget).Select(d => (d.Path, d.IsDirectory)).Distinct(), copied.Contains);
    }

    private static bool IsOnlyOnTarget(EntryDifference difference) => difference.Kind is DifferenceKind.Extra or DifferenceKind.Leftover;

    // Of what is below a missing directory all is named, too.
    private static EntryPath Topmost(EntryPath path, HashSet<EntryPath> missing) => path.Upwards().Where(missing.Contains).Prepend(path).Last();
}
