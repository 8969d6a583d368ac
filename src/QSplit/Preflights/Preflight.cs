using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Asks hosts, all at once, whether they are good for a migration, before anything is given to them.</summary>
internal static class Preflight
{
    // Home directories may be mounted one by one: those are alike.
    private const int MostNested = 8;

    /// <summary>Asks all hosts of the request, and compares what they say.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; nothing stays on the hosts.</exception>
    public static Task<FleetFinding> RunAsync(PreflightRequest request, HostConnections hosts, TimeProvider time, CancellationToken cancellationToken) =>
        RunAsync(request, hosts.To, time, cancellationToken);

    /// <summary>The same of one host, which comes back or is added, compared with what the others said before.</summary>
    /// <param name="before">What was found of the others; those that are not in the request any more do not count.</param>
    public static Task<HostFinding> RunOneAsync(
        PreflightRequest request, Host host, FleetFinding before, HostConnections hosts, TimeProvider time, CancellationToken cancellationToken) =>
        RunOneAsync(request, host, before, hosts.To, time, cancellationToken);

    internal static async Task<FleetFinding> RunAsync(PreflightRequest request, Func<Host, ITransport> wayTo, TimeProvider time, CancellationToken cancellationToken)
    {
        using var asker = new HostAsker(wayTo, time);
        var all = await Task.WhenAll(request.Hosts.Select(host => AskAsync(request, host, asker, cancellationToken)));
        var able = all.Where(FleetRules.CanProbe).ToList();
        var probes = !IsProbed(request) ? ProbeResults.None : new(
            await new ProbeRound(request, asker).RunAsync(BestFirst(able, request), able, cancellationToken),
            await NestedAsync(able, request, asker, cancellationToken));
        var common = CommonFacts.Of(all, request);
        var mounts = await MountsAsync(all, all, request, asker, cancellationToken);
        return FleetRules.WithTimes(new([.. all.Select(facts => FleetRules.Judge(facts, request, common, probes,
            mounts.GetValueOrDefault(facts.Host, [])))]));
    }

    internal static async Task<HostFinding> RunOneAsync(
        PreflightRequest request, Host host, FleetFinding before, Func<Host, ITransport> wayTo, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = request.Hosts.Any(h => h.Name == host.Name) ? request : request with { Hosts = request.Hosts.Add(host) };
        using var asker = new HostAsker(wayTo, time);
        var facts = await AskAsync(known, host, asker, cancellationToken);
        var others = before.Hosts.Where(h => h.IsUsable && h.Host != host.Name && known.Hosts.Any(k => k.Name == h.Host)).Select(h => h.Facts).OfType<HostFacts>().ToList();
        var common = CommonFacts.Of([.. others, facts], known);
        var mounts = (await MountsAsync([.. others, facts], [facts], known, asker, cancellationToken)).GetValueOrDefault(host.Name, []);
        if (!FleetRules.CanProbe(facts) || !IsProbed(known)) return FleetRules.Judge(facts, known, common, ProbeResults.None, mounts);
        // The target may have been made since the others were asked.
        var writers = others.Where(FleetRules.CanProbe).Select(o => o with { TargetState = facts.TargetState }).Append(facts);
        var probe = await new ProbeRound(known, asker).RunAsync(writers, [facts], cancellationToken);
        return FleetRules.Judge(facts, known, common, new(probe, await NestedAsync([facts], known, asker, cancellationToken)), mounts);
    }

    // Each by one host that has it: the others have to have the same.
    private static async Task<ImmutableArray<(HostFacts, NestedMount, ProbeResult)>> NestedAsync(
        IEnumerable<HostFacts> able, PreflightRequest request, HostAsker asker, CancellationToken cancellationToken)
    {
        var leaveOut = new NamePatterns(request.LeaveOut);
        var mounts = able
            .SelectMany(facts => facts.Mounts.Where(mount => mount.InTarget && mount.Matters(leaveOut)).Select(mount => (facts, mount)))
            .DistinctBy(one => one.mount.Path).Take(MostNested).ToList();
        var results = await Task.WhenAll(mounts.Select(one =>
        {
            var there = one.facts with { Target = $"{one.facts.Target}/{one.mount.Path}", TargetState = TargetState.There };
            return new ProbeRound(request, asker).RunAsync([there], [there], cancellationToken);
        }));
        return [.. mounts.Zip(results, (one, result) => (one.facts, one.mount, result))];
    }

    private static async Task<ImmutableDictionary<string, ImmutableArray<Finding>>> MountsAsync(
        IEnumerable<HostFacts> all, IEnumerable<HostFacts> judged, PreflightRequest request, HostAsker asker, CancellationToken cancellationToken)
    {
        var round = new MountRound(request, asker);
        var mounts = all.SelectMany(facts => facts.Mounts.Select(mount => (facts.Host, mount))).ToImmutableArray();
        if (request.Mover == MoverKind.Rsync) mounts = mounts.AddRange(await round.HereAsync(cancellationToken));
        return await round.RunAsync(mounts, judged.Where(facts => facts is { Down: null, Unfit: null, SourceState: SourceState.There }), cancellationToken);
    }

    // Modes, owners and the like are asked after for rsync.
    private static bool IsProbed(PreflightRequest request) => !request.IsReadOnly && request.Mover == MoverKind.Rsync;

    // What a host without other problems wrote counts for more.
    private static IEnumerable<HostFacts> BestFirst(IEnumerable<HostFacts> able, PreflightRequest request) =>
        able.OrderBy(facts => HostRules.Of(facts, request).Any(finding => finding.Severity == Severity.Problem));

    private static async Task<HostFacts> AskAsync(PreflightRequest request, Host host, HostAsker asker, CancellationToken cancellationToken)
    {
        var place = asker.PlaceOf(host);
        var facts = new HostFacts(host.Name, place, request.SourceOf(host), request.TargetOf(host), request.ParentOf(host));
        var name = ProbeRound.NewName();
        var reply = await asker.AskAsync(host, host.Shell == HostShell.Cmd ? CmdQuestion.For(request, host, name) : HostQuestion.For(request, host, name), cancellationToken);
        return reply.IsWhole
            ? HostAnswer.Read(facts, reply.Lines)
            : facts with { Down = reply.WhyDown(place), Unfit = reply.WhyUnfit(place) };
    }
}
