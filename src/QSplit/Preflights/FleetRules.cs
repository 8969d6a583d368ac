using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>What most hosts have in common.</summary>
/// <param name="Rsync">The version that most have; null where none has one.</param>
/// <param name="Tree">A host that sees the source as most do; null where none sees one.</param>
internal sealed record CommonFacts(Version? Rsync, HostFacts? Tree)
{
    public static CommonFacts Of(IReadOnlyCollection<HostFacts> all, PreflightRequest request) =>
        new(RsyncRules.MostCommon(all), SameTree.Reference([.. all.Where(facts => HostRules.HasTree(facts, request))]));
}

/// <summary>What came of the probes of a target: of its root, and of file systems that are mounted inside it.</summary>
/// <param name="Nested">By the path of the mount, as the host that was asked has it. Each was written and read by one host.</param>
internal sealed record ProbeResults(ProbeResult Root, ImmutableArray<(HostFacts Host, NestedMount Mount, ProbeResult Result)> Nested)
{
    public static readonly ProbeResults None = new(ProbeResult.None, []);
}

/// <summary>What a host comes to beside the others: pure.</summary>
internal static class FleetRules
{
    public static HostFinding Judge(
        HostFacts facts, PreflightRequest request, CommonFacts common, ProbeResults probes, IEnumerable<Finding> mounts)
    {
        var seen = probes.Root.Seen.GetValueOrDefault(facts.Host);
        var own = (request.Mover == MoverKind.Robocopy ? CmdRules.Of(facts, request) : HostRules.Of(facts, request)).ToList();
        // What a mount inside the target does to entries is the same whichever host writes them.
        ImmutableArray<(WrittenProbe Written, SeenProbe Seen)> all =
        [
            .. probes.Root.Written is { } written && seen is not null ? [(written, seen)] : ImmutableArray<(WrittenProbe, SeenProbe)>.Empty,
            .. probes.Nested.Where(one => one.Result.Written is not null)
                .SelectMany(one => one.Result.Seen.Values.Select(read => (one.Result.Written!, read))),
        ];
        return new HostFinding(
            facts.Host,
            facts.Place,
            facts.Down is not null,
            [.. own, .. mounts, .. facts.Down is null && request.Mover == MoverKind.Rsync ? Beside(facts, request, common, probes, seen)
                .Where(finding => !own.Contains(finding)) : []],
            RsyncRules.VersionOf(facts)?.ToString(),
            facts.FreeBytes,
            facts.FreeInodes,
            facts.ClockDifference,
            facts.HasFineTimes || (seen is not null && all.All(one => ProbeRules.KeepsNanoseconds(one.Written, one.Seen))))
        {
            Facts = facts,
            Folds = all.Aggregate(NameFolding.None, (folds, one) => folds | ProbeRules.Folds(one.Seen)),
            HasTwoSeconds = all.Any(one => ProbeRules.HasTwoSeconds(one.Seen)),
            UnkeptTimes = [.. all.SelectMany(one => ProbeRules.UnkeptTimes(one.Written, one.Seen) ?? []).Distinct().Order()],
            MostNames = all.Min(one => ProbeRules.MostNames(one.Seen)),
        };
    }

    /// <summary>Whether a host could write a probe, as far as its own answer goes.</summary>
    public static bool CanProbe(HostFacts facts) => facts is { Down: null, Unfit: null, CanWrite: true };

    /// <summary>Says of hosts that keep times to the second that others, which keep nanoseconds, go by them.</summary>
    public static FleetFinding WithTimes(FleetFinding fleet)
    {
        var keeps = fleet.Hosts.FirstOrDefault(host => host is { IsUsable: true, KeepsNanoseconds: true, Facts.HasFineTimes: false });
        if (keeps is not { } fine) return fleet;
        var finding = Finding.Warning($"Times are kept to the nanosecond by way of {fine.Host}, and not by way of this host: what it " +
            $"copies would be copied again by others, so all hosts compare times to the second. " +
            "Mount the target in the same way on all of them.");
        return new([.. fleet.Hosts.Select(host => host is { IsUsable: true, KeepsNanoseconds: false, Facts: not null }
            ? host with { Findings = host.Findings.Add(finding) } : host)]);
    }

    private static IEnumerable<Finding> Beside(
        HostFacts facts, PreflightRequest request, CommonFacts common, ProbeResults probes, SeenProbe? seen)
    {
        var rsync = RsyncRules.Compare(facts, common.Rsync);
        var nested = probes.Nested.Where(one => one.Host.Host == facts.Host).SelectMany(one => Nested(one.Host, one.Mount, one.Result, request));
        var tree = common.Tree is { } most && HostRules.HasTree(facts, request) ? SameTree.WhyNot(facts, most) : null;
        return [.. new[] { rsync, tree }.OfType<Finding>(), .. Probed(facts, request, probes.Root, seen), .. nested];
    }

    private static IEnumerable<Finding> Probed(HostFacts facts, PreflightRequest request, ProbeResult probe, SeenProbe? seen)
    {
        if (probe.Written is not { } written) yield break;
        if (seen is not null)
            foreach (var finding in ProbeRules.Of(written, seen, request.Options)) yield return finding;
        else if (CanProbe(facts)) yield return Finding.Warning($"It did not say whether it sees what {written.Host} wrote in the target: the connection ended meanwhile.");
        if (written.Host == facts.Host && probe.Left is { } left) yield return Finding.Warning($"{left} could not be removed: remove it.");
    }

    // What one part of the target cannot store stops nothing: the entries there become exceptions, or differences.
    private static IEnumerable<Finding> Nested(HostFacts facts, NestedMount mount, ProbeResult probe, PreflightRequest request)
    {
        var place = $"{facts.Target}/{mount.Path}";
        if (probe.Written is not { } written)
        {
            yield return Finding.Warning($"{place} ({mount.Type}), which is mounted inside the target, cannot be written in. Is it " +
                $"mounted read-only, or full? What is planned there becomes exceptions.");
            yield break;
        }
        var findings = probe.Seen.Values.Where(seen => seen.IsSeen).SelectMany(seen => ProbeRules.Of(written, seen, request.Options));
        foreach (var finding in findings)
            yield return finding.Severity == Severity.Problem ? Finding.Warning($"{finding.Text} It is mounted inside the target " +
                $"({mount.Type}): all else is copied, and what cannot be kept there is named.") : finding;
        if (probe.Left is { } left) yield return Finding.Warning($"{left} could not be removed: remove it.");
    }
}
