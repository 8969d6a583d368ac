using System.Collections.Immutable;
using System.Runtime.InteropServices;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>Cuts a tree into buckets of equal weight, looking at as few directories as that takes.</summary>
public static class Partitioner
{
    /// <summary>How far over the bound the heaviest bucket may be: 1 %.</summary>
    public const double Tolerance = 0.01;

    /// <summary>
    /// The directories to expand next: first those that cannot be taken whole, then heavy ones; none once the heaviest bucket is within <see cref="Tolerance"/> of the bound, or when nothing that can
    /// still be expanded would make it lighter.
    /// </summary>
    /// <remarks>
    /// Items are placed heaviest first, so expanding a directory changes nothing that was placed before it: only those placed
    /// until the heaviest bucket was full can help. Its last item weighs more than it is over the mean, each of
    /// these weighs at least as much, and so only directories above 1 % of the mean are ever read: at most 100 a bucket on each
    /// level of depth, however large the tree is.
    /// </remarks>
    public static ImmutableArray<EntryPath> ToRead(Frontier frontier, int bucketCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketCount, 1);
        var partial = frontier.Items.Where(item => item is { MustDivide: true, Expandable: true }).Select(item => item.Path).ToImmutableArray();
        if (!partial.IsEmpty) return partial;
        var placement = Placement.Of(frontier.Items, bucketCount);
        var limit = placement.Bound * (1 + Tolerance);
        if (placement.Heaviest <= limit) return [];

        var tooHeavy = frontier.Items.TakeWhile(item => item.Weight > limit).Where(item => item.Expandable).Select(item => item.Path).ToImmutableArray();
        if (!tooHeavy.IsEmpty) return tooHeavy;
        // The lightest of those that can help: their parts fill the gaps, and the heavier ones stay trees. Each bucket over the limit has one too
        // many; a third of these at a time, since what one brings often settles others, and one that was read in vain costs a call and a longer list.
        var step = (placement.Loads.Count(load => load > limit) + 2) / 3;
        return [.. frontier.Items.Take(placement.Decisive).Where(item => item.Expandable).TakeLast(step).Select(item => item.Path)];
    }

    /// <summary>Puts every item of the frontier into one of at most <paramref name="bucketCount"/> buckets; those without items are left out.</summary>
    /// <param name="keepKinds">Whether buckets say what each item is.</param>
    public static Partition Assign(Frontier frontier, int bucketCount, bool keepKinds = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketCount, 1);
        var placement = Placement.Of(frontier.Items, bucketCount);
        var contents = Array.ConvertAll(placement.Counts, count => new EntryPath[count]);
        var kinds = Array.ConvertAll(placement.Counts, count => new EntryKind[keepKinds ? count : 0]);
        var sums = new Totals[bucketCount];
        var filled = new int[bucketCount];
        for (var i = 0; i < placement.BucketOf.Length; i++)
        {
            var bucket = placement.BucketOf[i];
            if (keepKinds) kinds[bucket][filled[bucket]] = frontier.Items[i].Kind == EntryKind.Directory ? EntryKind.Directory : EntryKind.File;
            contents[bucket][filled[bucket]++] = frontier.Items[i].Path;
            sums[bucket] += frontier.Items[i].Totals;
        }
        for (var bucket = 0; bucket < bucketCount; bucket++)
        {
            if (keepKinds) Array.Sort(contents[bucket], kinds[bucket]);
            else Array.Sort(contents[bucket]);
        }
        var buckets = Enumerable.Range(0, bucketCount).Where(bucket => placement.Counts[bucket] > 0)
            .OrderByDescending(bucket => placement.Loads[bucket])
            .Select((bucket, i) => new Bucket(i + 1, sums[bucket], frontier.Cost.Estimate(sums[bucket]), ImmutableCollectionsMarshal.AsImmutableArray(contents[bucket])) { Kinds = [.. kinds[bucket]] })
            .ToImmutableArray();
        var mean = buckets.IsEmpty ? 0 : placement.Loads.Sum() / buckets.Length;
        var totals = buckets.Aggregate(frontier.Unnamed + new Totals(0, 0, frontier.Levels.Length), (sum, bucket) => sum + bucket.Totals);
        return new(totals, buckets, frontier.Levels, new(frontier.Cost.By, placement.Heaviest, mean, placement.Bound), frontier.Notes);
    }
}
