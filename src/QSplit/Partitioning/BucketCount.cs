using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>How many buckets a tree is cut into where nobody says.</summary>
public static class BucketCount
{
    private const int BucketsPerSlot = 4;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>
    /// At least four a slot, so that slots of unequal speed end together, and none estimated over 15 minutes, so that a failed attempt loses little; never
    /// more than entries.
    /// </summary>
    /// <param name="slots">How many rsyncs run at once on all hosts together; where none do, one bucket is for a person to run.</param>
    public static int Auto(Totals totals, CostModel cost, int slots)
    {
        if (slots <= 0) return 1;
        var parts = Math.Ceiling(cost.Estimate(totals) * (1 + Partitioner.Tolerance) / Longest);
        var wanted = Math.Max((double)BucketsPerSlot * slots, parts);
        return (int)Math.Clamp(wanted, 1, Math.Clamp(totals.Entries, 1, int.MaxValue));
    }
}
