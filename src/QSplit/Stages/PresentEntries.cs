using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Which planned entries there are, over plans of changes that follow a plan of the whole tree: pure.</summary>
internal static class PresentEntries
{
    /// <summary>All that a plan of the whole tree has.</summary>
    public static ImmutableArray<EntryPath> Of(Plan whole) => [.. whole.Buckets.SelectMany(bucket => bucket.Items)];

    /// <summary>Those there are after a plan of changes.</summary>
    /// <param name="gone">What went by then.</param>
    public static ImmutableArray<EntryPath> After(ImmutableArray<EntryPath> before, Plan changes, IEnumerable<Deletion> gone)
    {
        var copied = Of(changes);
        // Of what was in a directory that came anew nothing is known.
        var replaced = copied.Concat(changes.NewLevels).Concat(gone.Select(item => item.Path)).ToHashSet();
        return [.. before.Where(path => !path.Upwards().Any(replaced.Contains)), .. copied];
    }
}
