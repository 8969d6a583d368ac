using System.Collections.Immutable;

namespace QSplit.Fleets;

/// <summary>All hosts that were ever listed, with what is asked of them at each decision kept in order.</summary>
/// <param name="Free">Those on which something can begin now, the idlest first.</param>
/// <param name="Probes">Those that wait to be probed, the soonest first.</param>
internal sealed record Fleet(
    ImmutableDictionary<string, HostState> Hosts, ImmutableSortedSet<HostState> Free, ImmutableSortedSet<HostState> Probes, HostCounts Sum)
{
    public static readonly Fleet None = new(
        ImmutableDictionary<string, HostState>.Empty,
        ImmutableSortedSet.Create<HostState>(HostState.IdlestFirst),
        ImmutableSortedSet.Create<HostState>(Comparer<HostState>.Create((a, b) =>
            a.Circuit.Due.CompareTo(b.Circuit.Due) is var byTime and not 0 ? byTime : string.CompareOrdinal(a.Name, b.Name))),
        default);

    public Fleet Set(HostState host)
    {
        var (free, probes, sum) = (Free, Probes, Sum + host.Counts);
        if (Hosts.TryGetValue(host.Name, out var old))
        {
            if (old.Free > 0) free = free.Remove(old);
            if (old.IsToBeProbed) probes = probes.Remove(old);
            sum -= old.Counts;
        }
        if (host.Free > 0) free = free.Add(host);
        if (host.IsToBeProbed) probes = probes.Add(host);
        return new(Hosts.SetItem(host.Name, host), free, probes, sum);
    }

    /// <summary>The idlest host on which something can begin and that is none of those to be avoided; any, where all that could ever do it are to be avoided.</summary>
    public HostState? IdlestBut(AvoidedHosts avoids)
    {
        var avoided = avoids.Names.Count(name => Hosts.TryGetValue(name, out var host) && host.IsUsable);
        return avoided == 0 || avoided == Sum.Usable ? Free.Min : Free.FirstOrDefault(host => !avoids.Names.Contains(host.Name));
    }
}
