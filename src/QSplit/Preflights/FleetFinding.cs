using System.Collections.Immutable;

namespace QSplit.Preflights;

/// <summary>What was found of all hosts of a migration, in the manifest's order.</summary>
public sealed record FleetFinding(ImmutableArray<HostFinding> Hosts)
{
    /// <summary>Why the cluster that holds the source cannot be planned on; null where it can, where there is none, or where it was not asked.</summary>
    public string? Cluster { get; init; }

    /// <summary>Whether the work can begin: some host can do it, and none that is up has a problem. One that is down may come back.</summary>
    public bool CanGoOn => Cluster is null && Hosts.Any(h => h.IsUsable) && Hosts.All(h => h.IsDown || h.IsUsable);

    /// <summary>Why it cannot: a line for the cluster, and one for each host that is not usable, those with a problem first; empty when all is well.</summary>
    public string WhyNot => string.Join(
        Environment.NewLine,
        new[] { Cluster }.OfType<string>().Concat(Hosts.Where(h => !h.IsUsable).OrderBy(h => h.IsDown).Select(h => $"{h.Host}: {h.WhyNot}")));

    /// <summary>Whether all usable hosts keep times to the nanosecond: what one of them writes to the second, another would copy again.</summary>
    internal bool KeepsNanoseconds => Hosts.Any(h => h.KeepsNanoseconds) && Hosts.All(h => !h.IsUsable || h.KeepsNanoseconds);

    /// <summary>Whether some part of the target keeps times to two seconds.</summary>
    internal bool HasTwoSeconds => Hosts.Any(h => h.HasTwoSeconds);

    /// <summary>What was found of a host; null for one that was not asked.</summary>
    public HostFinding? Of(string host) => Hosts.FirstOrDefault(h => h.Host == host);
}
