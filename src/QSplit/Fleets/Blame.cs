using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>
/// Decides whether a host or its work is to blame for a failure. Work that fails in the same way on several hosts is to blame itself. A host
/// whose rsync fails at once, where another host could do better, is set aside before it takes more work, and the work loses none of its attempts.
/// </summary>
internal static class Blame
{
    /// <summary>Pieces of work that fail at once on a host, with no success between them, before it is set aside.</summary>
    public const int MostDoubts = 2;

    /// <summary>After an attempt that succeeded, or copied most of its files.</summary>
    public static DispatchState Succeeded(DispatchState state, WorkUnit work, string host, bool isWhole, DateTimeOffset now)
    {
        var next = state with { History = state.History.AfterSuccess(now) };
        if (state.Fleet.Hosts.TryGetValue(host, out var able)) next = next with { Fleet = next.Fleet.Set(able.Succeeded(now)) };
        return !isWhole ? next : state.Backlog.RetryOf(work).Faults
            .Where(fault => fault.Key != host)
            .Aggregate(next, (all, fault) => Confirm(all, work, fault.Key, fault.Value, now));
    }

    /// <summary>After an attempt that failed.</summary>
    public static DispatchState Failed(DispatchState state, WorkUnit work, string host, Fault fault, DateTimeOffset now)
    {
        var retry = state.Backlog.RetryOf(work);
        var isShared = retry.Faults.Any(other => other.Key != host && other.Value.Key == fault.Key
            && (IsWitness(state, host) || IsWitness(state, other.Key)));
        var isDoubted = fault.IsDoubtful && !isShared && !retry.Faults.ContainsKey(host)
            && !state.History.Shared.Contains(fault.Key) && IsAnotherUntried(state, host, retry);
        retry = retry.With(host, fault with { IsCounted = !isDoubted });
        var next = state with { History = state.History.AfterFailure(host, fault) };
        if (isDoubted) return Doubt(Again(next, work, retry.AfterDoubt(host, now)), work, host, fault, now);
        retry = isShared ? retry.CountDoubts(fault.Key) : retry;
        // The second attempt of a comparison names what the first could not read, and compares the rest.
        var isInVain = fault.IsUnread && state.Terms.Hosts.Length == 1 && (state.Run.Copies || state.Run.IsDryRun);
        next = Again(next, work, fault.IsPartial ? retry.AfterPartial(host, now, isInVain: isInVain) : retry.AfterTransient(host, now));
        var first = retry.Faults.Values.Where(other => other.Key == fault.Key).Min(other => other.At);
        // Where nothing else succeeded since then, it may well be the network, or a server that all hosts use.
        return isShared && state.History.Success >= first
            ? Acquit(next, retry, fault.Key)
            : next.Hear(host, circuit => fault.IsPartial ? circuit.AfterSuccess() : circuit.AfterFailure(fault.Words, now));
    }

    private static DispatchState Again(DispatchState state, WorkUnit work, Retry retry) =>
        (state with { Backlog = state.Backlog with { Retries = state.Retries.SetItem(work, retry) } }).Return(work);

    // Of several hosts that are broken in the same way none shows that the work is to blame.
    private static bool IsWitness(DispatchState state, string name) =>
        state.Fleet.Hosts.TryGetValue(name, out var host) && host.Success is not null && !host.Doubts.Values.Any(doubt => doubt.IsConfirmed);

    private static bool IsAnotherUntried(DispatchState state, string host, Retry retry)
    {
        var tried = retry.FailedOn.Add(host).Names.Count(name => state.Fleet.Hosts.TryGetValue(name, out var known) && known.IsWell);
        return state.Fleet.Sum.Well > tried;
    }

    private static DispatchState Doubt(DispatchState state, WorkUnit work, string name, Fault fault, DateTimeOffset now)
    {
        var host = state.Fleet.Hosts[name];
        host = host with { Doubts = host.Doubts.SetItem(work, new Doubt(fault.Key, true, false)) };
        var isEnough = fault.IsRefusal || host.Circuit.Health == Health.Trial || host.DoubtsAtOnce >= MostDoubts;
        return (state with { Fleet = state.Fleet.Set(host) }).Hear(
            name,
            circuit => isEnough ? circuit.AfterDoubt(Why(fault), now) : fault.IsPartial ? circuit : circuit.AfterFailure(fault.Words, now));
    }

    // Another host did the work.
    private static DispatchState Confirm(DispatchState state, WorkUnit work, string name, Fault fault, DateTimeOffset now)
    {
        if (!state.Fleet.Hosts.TryGetValue(name, out var host) || host.Success >= fault.At) return state;
        host = host with { Doubts = host.Doubts.SetItem(work, new Doubt(fault.Key, fault.IsAtOnce, true)) };
        var next = state with { Fleet = state.Fleet.Set(host) };
        return fault.IsAtOnce && host is { Circuit.Health: Health.Well, DoubtsAtOnce: >= MostDoubts } && next.Fleet.Sum.Well > 1
            ? next.Hear(name, circuit => circuit.AfterDoubt(Why(fault), now))
            : next;
    }

    // The work is to blame: hosts that were set aside for such failures come back.
    private static DispatchState Acquit(DispatchState state, Retry retry, string key)
    {
        var doubt = new Doubt(key, true, false);
        var blamed = state.Fleet.Hosts.Values
            .Where(host => retry.Faults.GetValueOrDefault(host.Name)?.Key == key || host.Doubts.ContainsValue(doubt));
        return blamed.OrderBy(host => host.Name, StringComparer.Ordinal).ToList().Aggregate(
            state with { History = state.History with { Shared = state.History.Shared.Add(key) } },
            (all, host) =>
            {
                var works = host.Doubts.Where(other => other.Value == doubt).Select(other => other.Key);
                var left = host with { Doubts = host.Doubts.RemoveRange(works) };
                return (all with { Fleet = all.Fleet.Set(left) })
                    .Hear(host.Name, circuit => circuit.Acquit(left.DoubtsAtOnce < MostDoubts));
            });
    }

    private static string Why(Fault fault) => fault.IsRefusal ? fault.Words : $"attempts fail there at once: {fault.Words}";
}

/// <summary>A failure that a host may be to blame for.</summary>
/// <param name="Key">Of the <see cref="Fault"/>.</param>
/// <param name="IsAtOnce">Whether it came at once: only then it counts towards <see cref="Blame.MostDoubts"/>.</param>
/// <param name="IsConfirmed">Whether another host did the same work.</param>
internal sealed record Doubt(string Key, bool IsAtOnce, bool IsConfirmed);
