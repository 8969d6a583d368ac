using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>Something to be done: a bucket, or the open or the seal pass.</summary>
/// <param name="Estimate">How long it is expected to take; what takes longest is begun first.</param>
internal sealed record WorkItem(WorkUnit Work, TimeSpan Estimate)
{
    /// <summary>Logical bytes to copy; null where that is not known, or where ending it and beginning it again would cost more than what it sends twice.</summary>
    public long? Bytes { get; init; }

    /// <summary>The longest first, and of the same length in the order of their numbers.</summary>
    public static readonly IComparer<WorkItem> HeaviestFirst = Comparer<WorkItem>.Create((a, b) =>
        b.Estimate.CompareTo(a.Estimate) is var byEstimate and not 0 ? byEstimate : ByNumber(a.Work, b.Work));

    public static int ByNumber(WorkUnit a, WorkUnit b) => a.Bucket.CompareTo(b.Bucket) is var byBucket and not 0 ? byBucket : a.Pass.CompareTo(b.Pass);
}
