using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QSplit.Transfers;

namespace QSplit.Runs;

/// <summary>One piece of a run: a bucket of the baseline, or one of the other passes, which have bucket 0.</summary>
public readonly record struct WorkUnit(Pass Pass, int Bucket)
{
    [JsonIgnore]
    public bool IsBucket => Pass == Pass.Baseline;

    public static WorkUnit Open => new(Pass.Open, 0);

    public static WorkUnit Links => new(Pass.Links, 0);

    public static WorkUnit Delete => new(Pass.Delete, 0);

    public static WorkUnit Seal => new(Pass.Seal, 0);

    /// <summary>All that are no buckets, in the order in which they run.</summary>
    public static ImmutableArray<WorkUnit> Passes => [Open, Links, Delete, Seal];

    public static WorkUnit OfBucket(int number) => new(Pass.Baseline, number);

    public override string ToString() => IsBucket ? $"bucket {Bucket}" : Pass.ToString().ToLowerInvariant();

    /// <summary>The start of the names of its logs: <c>17</c>, <c>open</c>.</summary>
    public string FileName() => IsBucket ? $"{Bucket}" : Pass.ToString().ToLowerInvariant();
}
