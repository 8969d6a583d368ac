using System.Text.Json.Serialization;
using QSplit.Transfers;

namespace QSplit.Runs;

/// <summary>One piece of a run: a bucket of the baseline, a part of what is deleted, or one of the other passes, which have bucket 0.</summary>
public readonly record struct WorkUnit(Pass Pass, int Bucket)
{
    [JsonIgnore]
    public bool IsBucket => Pass == Pass.Baseline;

    public static WorkUnit Open => new(Pass.Open, 0);

    public static WorkUnit Links => new(Pass.Links, 0);

    /// <summary>A part of what is deleted: from 1, or 0 where it is in one piece.</summary>
    public static WorkUnit OfDelete(int part) => new(Pass.Delete, part);

    public static WorkUnit Seal => new(Pass.Seal, 0);

    public static WorkUnit OfBucket(int number) => new(Pass.Baseline, number);

    public override string ToString() => IsBucket ? $"bucket {Bucket}" : Bucket > 0 ? $"{Name} {Bucket}" : Name;

    /// <summary>The start of the names of its logs: <c>17</c>, <c>open</c>.</summary>
    public string FileName() => IsBucket ? $"{Bucket}" : Bucket > 0 ? $"{Name}{Bucket}" : Name;

    private string Name => Pass.ToString().ToLowerInvariant();
}
