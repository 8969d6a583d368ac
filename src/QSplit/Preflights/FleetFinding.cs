using System.Collections.Immutable;

namespace QSplit.Preflights;

/// <summary>What was found of all hosts of a migration, in the manifest's order.</summary>
public sealed record FleetFinding(ImmutableArray<HostFinding> Hosts)
{
    /// <summary>Whether the work can begin: some host can do it, and none that is up has a problem. One that is down may come back.</summary>
    public bool CanGoOn => Hosts.Any(h => h.IsUsable) && Hosts.All(h => h.IsDown || h.IsUsable);

    /// <summary>Why it cannot: a line for each host that is not usable, those with a problem first; empty when all are.</summary>
    public string WhyNot => string.Join(Environment.NewLine, Hosts.Where(h => !h.IsUsable).OrderBy(h => h.IsDown).Select(h => $"{h.Host}: {h.WhyNot}"));

    /// <summary>What was found of a host; null for one that was not asked.</summary>
    public HostFinding? Of(string host) => Hosts.FirstOrDefault(h => h.Host == host);
}
