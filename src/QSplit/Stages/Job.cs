using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>One migration that was asked for, the command line's wishes worked in.</summary>
/// <param name="Hosts">Those that do the work; one implied local host with one slot where none is listed.</param>
/// <param name="HostsListed">Whether any was listed: the number of buckets goes by it.</param>
/// <param name="Fresh">Do not go on with an earlier run.</param>
/// <param name="Command">How to go on with it, for messages.</param>
/// <param name="Request">What it was asked for with; the manifest may be read again by it.</param>
public sealed record Job(Manifest Manifest, Migration Migration, ImmutableArray<Host> Hosts, bool HostsListed, bool Fresh, string Command, MigrationRequest Request)
{
    public RunFolders Folders => new(Manifest.Directory);

    public ImmutableArray<Slot> Slots => [.. Hosts.SelectMany(h => Enumerable.Range(1, h.Slots).Select(n => new Slot(h.Name, n)))];

    public RunTerms Terms => new(
        Migration.Mounts.Source,
        Migration.Mounts.Target,
        string.Join(' ', [.. Migration.Mover == MoverKind.Robocopy ? ["mover:robocopy"] : ImmutableArray<string>.Empty, .. Migration.Options, .. Migration.LeaveOut.Select(name => $"leaveOut:{name}")]),
        Migration.Source is MigrationSource.OnCluster tree ? $"{tree.Path} of cluster {tree.Name}, snapshot {tree.Snapshot}" : "");

    internal Cluster ClusterOf(MigrationSource.OnCluster tree) => Manifest.Clusters.First(cluster => cluster.Name == tree.Name);

    /// <summary>Where a host sees the source.</summary>
    internal string SourceOn(Host host) => Migration.Mounts.On(host.Name).Source;

    /// <summary>Where a host sees the target.</summary>
    internal string TargetOn(Host host) => Migration.Mounts.On(host.Name).Target;
}
