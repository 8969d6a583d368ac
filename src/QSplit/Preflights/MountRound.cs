using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Scripts;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Has hosts look for what others have mounted below the source or the target.</summary>
internal sealed class MountRound(PreflightRequest request, HostAsker asker)
{
    // Home directories may be mounted one by one.
    private const int Most = 1000;

    private const string Where = "below the source and the target";

    /// <summary>What this machine has mounted below the tree that it reads for the plan; empty where it reads none.</summary>
    public async Task<ImmutableArray<(string Host, NestedMount Mount)>> HereAsync(CancellationToken cancellationToken)
    {
        if (request.Here is not { } source) return [];
        var reply = await asker.AskAsync(Host.Here, Script.Of(NestedMount.Ask(new ScriptText(), source, null).Line("true")), cancellationToken);
        var words = reply.Lines.Where(line => line.IsSaid).Select(line => line.Line.Split(' ', 2)).Where(words => words.Length == 2);
        var mounts = words.Aggregate(ImmutableArray<NestedMount>.Empty, (mounts, said) => NestedMount.After(mounts, said[0], said[1]));
        return [.. mounts.Select(mount => (Host.Here.Name, mount))];
    }

    /// <summary>What hosts do not see, by their names.</summary>
    /// <param name="mounts">What is mounted where.</param>
    /// <param name="hosts">Those that look.</param>
    public async Task<ImmutableDictionary<string, ImmutableArray<Finding>>> RunAsync(
        ImmutableArray<(string Host, NestedMount Mount)> mounts, IEnumerable<HostFacts> hosts, CancellationToken cancellationToken)
    {
        var leaveOut = new NamePatterns(request.LeaveOut);
        var matter = mounts.Where(one => one.Mount.Matters(leaveOut)).DistinctBy(one => (one.Mount.InTarget, one.Mount.Path)).Take(Most).ToList();
        var found = await Task.WhenAll(hosts.Select(async host => (host.Host, Findings: await LookAsync(host, matter, cancellationToken))));
        return found.ToImmutableDictionary(one => one.Host, one => one.Findings);
    }

    private async Task<ImmutableArray<Finding>> LookAsync(
        HostFacts host, List<(string Host, NestedMount Mount)> mounts, CancellationToken cancellationToken)
    {
        var lacks = mounts.Where(one => !host.Mounts.Any(own => own.InTarget == one.Mount.InTarget && own.Path == one.Mount.Path)).ToList();
        if (lacks.Count == 0) return [];
        var script = NestedMount.Look(lacks.Select(one => one.Mount), inTarget => inTarget ? host.Target : host.Source);
        var reply = await asker.AskAsync(request.Hosts.First(one => one.Name == host.Host), script, cancellationToken);
        if (!reply.IsWhole) return [Finding.Warning($"It did not say whether it sees what others have mounted {Where}: the connection ended meanwhile.")];
        var sees = reply.Lines.Where(line => line.IsSaid).Select(line => line.Line).ToHashSet(StringComparer.Ordinal);
        var missing = lacks.Index().Where(one => !sees.Contains($"sees {one.Index + 1}")).Select(one => one.Item);
        return [.. missing.Select(one => Finding.Problem(Lack(one.Host, one.Mount, host)))];
    }

    private static string Lack(string by, NestedMount mount, HostFacts host)
    {
        var what = $"{by} has another file system mounted at {(mount.InTarget ? host.Target : host.Source)}/{mount.Path} ({mount.Type})";
        return mount.InTarget
            ? $"{what}, and it has not: it would write below the mount point. Mount it there too."
            : $"{what}, and it sees nothing of it: what is there would count as gone. Mount it there too.";
    }
}
