using QSplit.Manifests;

namespace QSplit.Preflights;

/// <summary>What most hosts have in common.</summary>
/// <param name="Rsync">The version that most have; null where none has one.</param>
/// <param name="Tree">A host that sees the source as most do; null where none sees one.</param>
internal sealed record CommonFacts(Version? Rsync, HostFacts? Tree)
{
    public static CommonFacts Of(IReadOnlyCollection<HostFacts> all, PreflightRequest request) =>
        new(RsyncRules.MostCommon(all), SameTree.Reference([.. all.Where(facts => HostRules.HasTree(facts, request))]));
}

/// <summary>What a host comes to beside the others: pure.</summary>
internal static class FleetRules
{
    public static HostFinding Judge(HostFacts facts, PreflightRequest request, CommonFacts common, ProbeResult probe, IEnumerable<Finding> mounts)
    {
        var seen = probe.Seen.GetValueOrDefault(facts.Host);
        var own = (request.Mover == MoverKind.Robocopy ? CmdRules.Of(facts, request) : HostRules.Of(facts, request)).ToList();
        return new HostFinding(
            facts.Host,
            facts.Place,
            facts.Down is not null,
            [.. own, .. mounts, .. facts.Down is null && request.Mover == MoverKind.Rsync ? Beside(facts, request, common, probe, seen).Where(finding => !own.Contains(finding)) : []],
            RsyncRules.VersionOf(facts)?.ToString(),
            facts.FreeBytes,
            facts.FreeInodes,
            facts.ClockDifference,
            facts.HasFineTimes || (probe.Written is { } written && seen is not null && ProbeRules.KeepsNanoseconds(written, seen)))
        {
            Facts = facts,
            FoldsCase = seen is not null && ProbeRules.FoldsCase(seen),
        };
    }

    /// <summary>Whether a host could write a probe, as far as its own answer goes.</summary>
    public static bool CanProbe(HostFacts facts) => facts is { Down: null, Unfit: null, CanWrite: true };

    private static IEnumerable<Finding> Beside(HostFacts facts, PreflightRequest request, CommonFacts common, ProbeResult probe, SeenProbe? seen)
    {
        var rsync = RsyncRules.Compare(facts, common.Rsync);
        var tree = common.Tree is { } most && HostRules.HasTree(facts, request) ? SameTree.WhyNot(facts, most) : null;
        return [.. new[] { rsync, tree }.OfType<Finding>(), .. Probed(facts, request, probe, seen)];
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
