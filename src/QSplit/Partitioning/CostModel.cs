using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>How long one rsync takes for what it is given, and how much that weighs when buckets are balanced.</summary>
/// <param name="By">What <see cref="Weight"/> counts.</param>
/// <param name="BytesPerSecond">What one rsync moves of large files.</param>
/// <param name="SecondsPerEntry">What one rsync spends on an entry beside its bytes: stat, create, rename, set attributes.</param>
public sealed record CostModel(BalanceBy By, double BytesPerSecond, double SecondsPerEntry)
{
    /// <summary>
    /// What to assume before anything has been measured: 200 MB/s and 0.25 ms an entry. rsync 3.5.0 from disk to disk on a small
    /// machine: 140 MB/s for 1 GB in one file, 0.15 to 0.3 ms a file for 20,000 files of 2 kB; servers move more, mounts over a
    /// network take longer for an entry. Balance depends on the ratio alone: an entry costs as much as 50 kB.
    /// </summary>
    public static CostModel Default(BalanceBy by) => new(by, 200e6, 0.25e-3);

    /// <summary>The expected time of one rsync.</summary>
    public TimeSpan Estimate(Totals totals) => TimeSpan.FromSeconds(Math.Min(Seconds(totals), TimeSpan.MaxValue.TotalSeconds / 2));

    /// <summary>What balance counts: bytes, entries or seconds; never negative, whatever a lagging source says.</summary>
    public double Weight(Totals totals) => By switch
    {
        BalanceBy.Capacity => Math.Max(0, totals.Bytes),
        BalanceBy.Files => Math.Max(0, totals.Entries),
        _ => Seconds(totals),
    };

    private double Seconds(Totals totals) => (Math.Max(0, totals.Bytes) / BytesPerSecond) + (Math.Max(0, totals.Entries) * SecondsPerEntry);
}
