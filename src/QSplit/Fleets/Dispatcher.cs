using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>
/// Which work runs next and where: a pure decision over what has happened. It costs the logarithm of what there is for each thing that happens,
/// and no more when hosts or buckets are many.
/// </summary>
internal static class Dispatcher
{
    /// <summary>All that is to be done now, and when to ask again at the latest.</summary>
    /// <param name="now">Never earlier than that of an event before.</param>
    /// <returns>The state in which all of it is under way: nothing is decided twice.</returns>
    public static (DispatchState Next, ImmutableArray<Decision> Decisions) Decide(DispatchState state, DateTimeOffset now)
    {
        var (isOpen, turns) = state.Terms.Window?.At(now) is { } window ? (window.IsOpen, (DateTimeOffset?)window.Until) : (true, null);
        var next = state with { Backlog = state.Backlog.At(now) };
        if (next.Halt is null)
        {
            next = Shut(next, isOpen);
            next = NoHostLeft.Wait(next, now, isOpen);
        }
        if (next.Halt is null)
        {
            next = Probe(next, now);
            if (isOpen) next = Redistribution.Of(Begin(next, now), now);
        }
        ImmutableArray<Decision> decisions = [.. next.Outbox];
        next = next with { Outbox = ImmutableQueue<Decision>.Empty };
        return (next, Soonest(next, turns, now) is { } until ? decisions.Add(new Decision.Pause(until)) : decisions);
    }

    private static DispatchState Shut(DispatchState state, bool isOpen)
    {
        if (isOpen != state.IsShut) return state;
        var next = state with { IsShut = !isOpen };
        return isOpen ? next : state.Running.Keys.Order(Comparer<WorkUnit>.Create(WorkItem.ByNumber)).Aggregate(next, (all, work) => all.End(work, "the window closed"));
    }

    private static DispatchState Probe(DispatchState state, DateTimeOffset now)
    {
        if (state.IsAllHandedOut || IsSealing(state)) return state;
        while (state.Fleet.Probes.Min is { } host && host.Circuit.Due <= now)
        {
            state = (state with { Fleet = state.Fleet.Set(host with { Circuit = host.Circuit.Probe() }) }).Decided(new Decision.ProbeHost(host.Name));
        }
        return state;
    }

    // A probe writes in the target, whose time the seal sets for good.
    private static bool IsSealing(DispatchState state) => state.Running.ContainsKey(WorkUnit.Seal);

    private static DispatchState Begin(DispatchState state, DateTimeOffset now)
    {
        while (Choose(state) is var (item, host))
        {
            // What is about to end for the sake of its share begins again with a part of what is left.
            var (sum, ready, slot) = (state.Fleet.Sum, state.Backlog.Ready.Count + state.Ending, new Slot(host.Name, host.FirstFreeSlot));
            var share = Lower(
                RateShare.Of(host.Terms.BytesPerSecond, host.Rate, host.Terms.Slots, host.Free, ready),
                RateShare.Of(state.Terms.BytesPerSecond, sum.Rate, sum.Slots, sum.Free, ready));
            state = state.Begin(item.Work, slot, share, now).Decided(new Decision.StartAttempt(item.Work, slot, state.Run.StateOf(item.Work).Left, share));
        }
        return state;
    }

    // Work that failed on every host that is free, while others are busy, waits for those: it is passed over a whole group at a time.
    private static (WorkItem Item, HostState Host)? Choose(DispatchState state)
    {
        var fleet = state.Fleet;
        if (fleet.Free.IsEmpty || !RateShare.IsLeft(state.Terms.BytesPerSecond, fleet.Sum.Rate, fleet.Sum.Slots)) return null;
        foreach (var head in state.Backlog.Ready.Heads)
        {
            // A host on trial may well fail: what it is tried with is to cost little.
            if (fleet.IdlestBut(head.Avoids) is { } host) return (host.Circuit.Health == Health.Trial ? state.Backlog.Ready.Groups[head.Avoids].Max! : head.Item, host);
        }
        return null;
    }

    private static DateTimeOffset? Soonest(DispatchState state, DateTimeOffset? turns, DateTimeOffset now)
    {
        if (state.Halt is not null || state.IsAllHandedOut) return null;
        var isLeaseAll = !state.Backlog.IsAnythingLeft && state.Running.IsEmpty;
        return ((DateTimeOffset?[])[
            turns,
            state.Backlog.Waiting.Min?.Until,
            isLeaseAll ? state.Backlog.Leases.ByEnd.Min?.Until : null,
            IsSealing(state) ? null : state.Fleet.Probes.Min?.Circuit.Due,
            state.Waited.OverAt(state.Terms.Patience),
            Redistribution.NextLook(state, now),
        ]).Min();
    }

    private static long? Lower(long? a, long? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
