using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>Which bucket runs next and where: a pure decision over what has happened.</summary>
internal static class Dispatcher
{
    /// <summary>A start for each free slot that there is something for, the heaviest bucket first; or when to ask again; or nothing.</summary>
    /// <param name="state">What has happened.</param>
    /// <param name="buckets">The plan's, in any order.</param>
    /// <param name="slots">All there are, busy or not.</param>
    public static ImmutableArray<Decision> Decide(
        DispatchState state, IEnumerable<Bucket> buckets, IEnumerable<Slot> slots, DateTimeOffset now)
    {
        if (state.Halt is not null) return [];
        var busy = state.Run.Buckets.Values.Where(b => b.Running is not null).Select(b => new Slot(b.Running!.Host, b.Running.Slot)).ToHashSet();
        var waiting = buckets
            .Where(b => state.Run.Buckets[b.Number] is { IsDone: false, Running: null })
            .Select(b => (Bucket: b, NotBefore: state.Retries.GetValueOrDefault(b.Number, Retry.None).NotBefore))
            .Where(b => b.NotBefore is not null)
            .OrderByDescending(b => b.Bucket.Estimate)
            .ThenBy(b => b.Bucket.Number)
            .ToList();
        ImmutableArray<Decision> starts =
        [
            .. slots.Where(slot => !busy.Contains(slot)).Order()
                .Zip(waiting.Where(b => b.NotBefore <= now))
                .Select(pair => new Decision.StartAttempt(pair.Second.Bucket.Number, pair.First, state.Run.Buckets[pair.Second.Bucket.Number].Left)),
        ];
        return starts.IsEmpty && waiting.Min(b => b.NotBefore) is { } soonest && soonest > now ? [new Decision.Pause(soonest)] : starts;
    }
}
