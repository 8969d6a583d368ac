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
        var replaced = Replaced(changes, gone);
        return [.. before.Where(path => !path.Upwards().Any(replaced.Contains)), .. Of(changes)];
    }

    /// <summary>What is not as it was, with all that was below it: of what was in a directory that came anew nothing is known.</summary>
    public static HashSet<EntryPath> Replaced(Plan changes, IEnumerable<Deletion> gone) => [.. Of(changes), .. changes.NewLevels, .. gone.Select(item => item.Path)];

    /// <summary>
    /// A plan of the whole tree without what is not there any more: asked for below what is a file by now, rsync would fail. What is there in its place, and what came since, is
    /// of no bucket then: the level around it meets it.
    /// </summary>
    /// <param name="present">Which entries there are.</param>
    /// <param name="replaced">What was replaced since.</param>
    public static Plan Left(Plan whole, ImmutableArray<EntryPath> present, HashSet<EntryPath> replaced)
    {
        var there = present.ToHashSet();
        return whole with
        {
            Buckets = [.. whole.Buckets.Select(bucket => bucket with { Items = [.. bucket.Items.Where(there.Contains)] }).Where(bucket => !bucket.Items.IsEmpty).Select((bucket, i) => bucket with { Number = i + 1 })],
            Levels = [.. whole.Levels.Where(level => level.IsRoot || !level.Upwards().Any(replaced.Contains))],
        };
    }
}
