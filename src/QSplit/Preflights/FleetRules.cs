namespace QSplit.Preflights;

/// <summary>What a host comes to beside the others: pure.</summary>
internal static class FleetRules
{
    /// <param name="all">All that are compared, <paramref name="facts"/> among them.</param>
    public static HostFinding Judge(HostFacts facts, PreflightRequest request, IReadOnlyCollection<HostFacts> all, ProbeResult probe)
    {
        var seen = probe.Seen.GetValueOrDefault(facts.Host);
        var own = HostRules.Of(facts, request).ToList();
        return new HostFinding(
            facts.Host,
            facts.Place,
            facts.Down is not null,
            [.. own, .. facts.Down is null ? Beside(facts, request, all, probe, seen).Where(finding => !own.Contains(finding)) : []],
            RsyncRules.VersionOf(facts)?.ToString(),
            facts.FreeBytes,
            facts.FreeInodes,
            facts.ClockDifference,
            probe.Written is { } written && seen is not null && ProbeRules.KeepsNanoseconds(written, seen))
        {
            Facts = facts,
        };
    }

    /// <summary>Whether a host could write a probe, as far as its own answer goes.</summary>
    public static bool CanProbe(HostFacts facts) => facts is { Down: null, Unfit: null, CanWrite: true };

    private static IEnumerable<Finding> Beside(HostFacts facts, PreflightRequest request, IReadOnlyCollection<HostFacts> all, ProbeResult probe, SeenProbe? seen)
    {
        var trees = all.Where(other => HostRules.HasTree(other, request)).ToList();
        var differs = HostRules.HasTree(facts, request) && SameTree.Reference(trees) is { } reference ? SameTree.WhyNot(facts, reference) : null;
        return
        [
            .. RsyncRules.Compare(facts, all),
            .. differs is null ? [] : new[] { differs },
            .. Probed(facts, request, probe, seen),
        ];
    }

    private static IEnumerable<Finding> Probed(HostFacts facts, PreflightRequest request, ProbeResult probe, SeenProbe? seen)
    {
        if (probe.Written is not { } written) yield break;
        if (seen is not null)
            foreach (var finding in ProbeRules.Of(written, seen, request.Options)) yield return finding;
        else if (CanProbe(facts)) yield return Finding.Warning($"It did not say whether it sees what {written.Host} wrote in the target: the connection ended meanwhile.");
        if (written.Host == facts.Host && probe.Left is { } left) yield return Finding.Warning($"{left} could not be removed: remove it.");
    }
}
