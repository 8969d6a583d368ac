using System.Text.Json.Serialization;
using QSplit.Transfers;

namespace QSplit.Runs;

/// <summary>One piece of a run: a bucket of the baseline, or the open or the seal pass, which have bucket 0.</summary>
public readonly record struct WorkUnit(Pass Pass, int Bucket)
{
    [JsonIgnore]
    public bool IsBucket => Pass == Pass.Baseline;

    public static WorkUnit Open => new(Pass.Open, 0);

    public static WorkUnit Seal => new(Pass.Seal, 0);

    public static WorkUnit OfBucket(int number) => new(Pass.Baseline, number);

    public override string ToString() => IsBucket ? $"bucket {Bucket}" : Pass.ToString().ToLowerInvariant();

    /// <summary>The start of the names of its logs: <c>17</c>, <c>open</c>.</summary>
    public string FileName() => IsBucket ? $"{Bucket}" : Pass.ToString().ToLowerInvariant();
}
