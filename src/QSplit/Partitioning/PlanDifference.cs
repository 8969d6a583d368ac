using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>How one look at a tree differs from an earlier one.</summary>
/// <param name="Before">The whole tree then.</param>
/// <param name="After">The whole tree now.</param>
/// <param name="Changes">
/// The directories in which something changed, what changed most first. Each change is told at the deepest directory that both looks know: what is above it
/// only adds it up.
/// </param>
public sealed record PlanDifference(Totals Before, Totals After, ImmutableArray<DirectoryChange> Changes)
{
    /// <summary>Whether nothing is known to have changed.</summary>
    public bool IsNothing => Changes.IsEmpty;

    /// <summary>How much of the tree is not what it was, of bytes or of entries, whichever is more: 0.07 is seven of a hundred. Growth in one place is not made up for by loss in another.</summary>
    public double Share => Math.Max(
        Of(Changes.Sum(change => (double)Math.Abs(change.Own.Bytes)), Before.Bytes),
        Of(Changes.Sum(change => (double)Math.Abs(change.Own.Entries)), Before.Entries));

    private static double Of(double changed, long before) => changed == 0 ? 0 : before <= 0 ? 1 : changed / before;

    /// <summary>Compares two looks at the same source.</summary>
    public static PlanDifference Between(PlanOutline before, PlanOutline after)
    {
        var (then, now) = (before.Directories.ToDictionary(d => d.Path), after.Directories.ToDictionary(d => d.Path));
        var differences = new Dictionary<EntryPath, (Totals? Before, Totals? After, Totals Whole)>();
        foreach (var path in then.Keys.Union(now.Keys))
        {
            var (old, fresh) = (then.GetValueOrDefault(path), now.GetValueOrDefault(path));
            // What one look does not know is gone, or new, only where that look knew all around it.
            if (old is null && !IsWhole(then, path.Parent)) continue;
            if (fresh is null && !IsWhole(now, path.Parent)) continue;
            differences[path] = (old?.Totals, fresh?.Totals, (fresh?.Totals ?? Totals.Zero) - (old?.Totals ?? Totals.Zero));
        }
        var own = differences.ToDictionary(d => d.Key, d => d.Value.Whole);
        foreach (var (path, difference) in differences)
            if (!path.IsRoot && own.ContainsKey(path.Parent)) own[path.Parent] -= difference.Whole;
        return new(
            then.GetValueOrDefault(EntryPath.Root)?.Totals ?? Totals.Zero,
            now.GetValueOrDefault(EntryPath.Root)?.Totals ?? Totals.Zero,
            [
                .. differences
                    .Select(d => new DirectoryChange(d.Key, d.Value.Before, d.Value.After, own[d.Key]))
                    .Where(change => change.Own is not { Bytes: 0, LogicalBytes: 0, Entries: 0 })
                    .OrderByDescending(change => Math.Abs(change.Own.Bytes)).ThenByDescending(change => Math.Abs(change.Own.Entries)).ThenBy(change => change.Path),
            ]);
    }

    private static bool IsWhole(Dictionary<EntryPath, OutlinedDirectory> look, EntryPath path) => look.TryGetValue(path, out var directory) && directory.IsWhole;
}

/// <summary>A directory in which something changed.</summary>
/// <param name="Before">With all below it; null when it was not there.</param>
/// <param name="After">The same now; null when it is gone.</param>
/// <param name="Own">What of the difference is told of no directory below it.</param>
public sealed record DirectoryChange(EntryPath Path, Totals? Before, Totals? After, Totals Own);
