using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>A tree as it was cut; with a name and a time it is a <see cref="Plan"/>, whose parts these are.</summary>
public sealed record Partition(
    Totals Totals, ImmutableArray<Bucket> Buckets, ImmutableArray<EntryPath> Levels, PlanBalance Balance, ImmutableArray<TreeNote> Notes);
