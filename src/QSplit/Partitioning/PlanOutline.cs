using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>The tree of a plan in few directories: what maps and differences are drawn of.</summary>
/// <param name="Directories">By path, so that parents come before children; the root is always among them. Empty only for a plan of an earlier version.</param>
public sealed record PlanOutline(ImmutableArray<OutlinedDirectory> Directories)
{
    public static readonly PlanOutline Empty = new([]);
}

/// <summary>A directory of an outline.</summary>
/// <param name="Totals">With all below it, those outlined too.</param>
/// <param name="IsRead">Whether it was read: then the directories right below it are known.</param>
/// <param name="IsWhole">Whether all directories right below it are in the outline; of one that was not read, or has too many, some or all are not.</param>
public sealed record OutlinedDirectory(EntryPath Path, Totals Totals, bool IsRead, bool IsWhole);
