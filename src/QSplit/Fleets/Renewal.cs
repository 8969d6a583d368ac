namespace QSplit.Fleets;

/// <summary>What it means that the manifest was read again: hosts come, go and drain.</summary>
internal static class Renewal
{
    public static DispatchState Of(DispatchState state, DispatchTerms terms, DateTimeOffset now)
    {
        var fleet = terms.Hosts.Aggregate(state.Fleet, (all, host) => all.Set(Listed(all.Hosts.GetValueOrDefault(host.Name), host, now)));
        var next = state with { Terms = terms, Fleet = fleet };
        var gone = fleet.Hosts.Keys.Except(terms.Hosts.Select(h => h.Name)).Order(StringComparer.Ordinal).ToList();
        return gone.Aggregate(next, Remove);
    }

    // One that comes back may have been taken out because it was to be mended: it is looked at as a new one is.
    private static HostState Listed(HostState? known, HostTerms host, DateTimeOffset now) => known switch
    {
        null => HostState.Of(host, Circuit.Unseen(now)),
        // What was wrong with it may be what was mended in the manifest.
        { IsListed: true, Circuit.Health: Health.SetAside } => known with { Terms = host, Circuit = known.Circuit with { Due = now } },
        { IsListed: true } => known with { Terms = host },
        _ => known with { Terms = host, IsListed = true, Circuit = known.Circuit.Forget(now) },
    };

    private static DispatchState Remove(DispatchState state, string name)
    {
        var host = state.Fleet.Hosts[name];
        var next = state with { Fleet = state.Fleet.Set(host with { IsListed = false }) };
        return host.Busy.Values.Aggregate(next, (all, work) => all.End(work, $"host {name} was taken out of the manifest"));
    }
}
