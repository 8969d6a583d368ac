using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Partitioning;

/// <summary>What a run has to work with, for an estimate.</summary>
/// <param name="Hosts">Name, slots, and what all its slots together may move (bytes a second; null is no limit).</param>
/// <param name="BytesPerSecond">What all hosts together may move; null is no limit.</param>
/// <param name="Window">The hours in which buckets run; null is always.</param>
internal sealed record Workforce(ImmutableArray<(string Name, int Slots, long? BytesPerSecond)> Hosts, long? BytesPerSecond, DailyWindow? Window);

/// <summary>Estimates how long a whole run takes.</summary>
internal static class RunEstimates
{
    private const double MostNights = 5_000_000;

    /// <summary>The heaviest bucket left goes to the slot that is free first, as the dispatcher does it; and no more goes across than the limits let through. Null without hosts.</summary>
    public static RunEstimate? Of(IEnumerable<Bucket> buckets, Workforce force)
    {
        var slots = force.Hosts.Sum(host => host.Slots);
        if (slots == 0) return null;
        var all = buckets.OrderByDescending(bucket => bucket.Estimate).ToList();
        var (bySlots, byRate) = (Makespan(all.Select(bucket => bucket.Estimate), slots), AtRate(all.Sum(bucket => (double)bucket.Totals.LogicalBytes), RateOf(force)));
        var elapsed = bySlots > byRate ? bySlots : byRate;
        return new(elapsed, Calendar(elapsed, force.Window), slots, [.. force.Hosts.Select(host => host.Name)], bySlots >= byRate ? "slots" : "bandwidth");
    }

    private static TimeSpan Makespan(IEnumerable<TimeSpan> heaviestFirst, int slots)
    {
        var free = new PriorityQueue<TimeSpan, TimeSpan>(Enumerable.Repeat((TimeSpan.Zero, TimeSpan.Zero), slots));
        var last = TimeSpan.Zero;
        foreach (var time in heaviestFirst)
        {
            var end = free.Peek() + time;
            free.DequeueEnqueue(end, end);
            if (end > last) last = end;
        }
        return last;
    }

    // A host without a limit of its own makes the sum of the hosts' limits none.
    private static double? RateOf(Workforce force)
    {
        var hosts = force.Hosts.All(host => host.BytesPerSecond is not null) ? force.Hosts.Sum(host => (double)host.BytesPerSecond!.Value) : (double?)null;
        return hosts is null || force.BytesPerSecond < hosts ? force.BytesPerSecond ?? hosts : hosts;
    }

    private static TimeSpan AtRate(double bytes, double? rate) =>
        rate is { } most ? TimeSpan.FromSeconds(Math.Min(bytes / most, TimeSpan.MaxValue.TotalSeconds / 4)) : TimeSpan.Zero;

    private static TimeSpan Calendar(TimeSpan elapsed, DailyWindow? window)
    {
        if (window is null || elapsed <= window.Length) return elapsed;
        // A window of minutes makes of thousands of years more than a span can hold.
        var nights = Math.Min(Math.Floor(elapsed / window.Length), MostNights);
        var rest = elapsed - (window.Length * nights);
        return rest > TimeSpan.Zero ? TimeSpan.FromDays(nights) + rest : TimeSpan.FromDays(nights - 1) + window.Length;
    }
}
