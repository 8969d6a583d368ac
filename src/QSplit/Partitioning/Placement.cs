using System.Collections.Immutable;

namespace QSplit.Partitioning;

/// <summary>Which bucket each item of a frontier goes to: longest processing time first, each into the bucket that is lightest by then.</summary>
/// <param name="BucketOf">For each item its bucket, from 0.</param>
/// <param name="Counts">For each bucket how many items go to it.</param>
/// <param name="Loads">For each bucket its weight.</param>
/// <param name="Heaviest">The weight of the heaviest bucket.</param>
/// <param name="Decisive">How many items had been placed once a heaviest bucket had its last: what is placed later cannot make it lighter.</param>
/// <param name="Bound">What no placement can beat: see <see cref="PlanBalance"/>.</param>
internal sealed record Placement(int[] BucketOf, int[] Counts, double[] Loads, double Heaviest, int Decisive, double Bound)
{
    public static Placement Of(ImmutableArray<FrontierItem> items, int bucketCount)
    {
        var bucketOf = new int[items.Length];
        var counts = new int[bucketCount];
        var loads = new double[bucketCount];
        var lastOf = new int[bucketCount];
        var (total, largest) = (0.0, 0.0);
        // Ties go to the bucket with fewer entries, so that what weighs nothing is spread too.
        var lightest = new PriorityQueue<int, (double Load, long Entries, int Bucket)>(bucketCount);
        var entries = new long[bucketCount];
        for (var bucket = 0; bucket < bucketCount; bucket++) lightest.Enqueue(bucket, (0, 0, bucket));

        for (var i = 0; i < items.Length; i++)
        {
            var bucket = bucketOf[i] = lightest.Peek();
            counts[bucket]++;
            loads[bucket] += items[i].Weight;
            entries[bucket] += items[i].Totals.Entries;
            lastOf[bucket] = i;
            lightest.DequeueEnqueue(bucket, (loads[bucket], entries[bucket], bucket));
            total += items[i].Weight;
            if (!items[i].Expandable) largest = Math.Max(largest, items[i].Weight);
        }

        var heaviest = loads.Max();
        var decisive = items.IsEmpty ? 0 : Enumerable.Range(0, bucketCount).Where(bucket => loads[bucket] == heaviest).Min(bucket => lastOf[bucket]) + 1;
        return new(bucketOf, counts, loads, heaviest, decisive, Math.Max(total / bucketCount, largest));
    }
}
