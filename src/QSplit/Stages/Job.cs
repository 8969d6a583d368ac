using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Stages;

/// <summary>One migration that was asked for, the command line's wishes worked in.</summary>
/// <param name="Hosts">Those that do the work; one implied local host with one slot where none is listed.</param>
/// <param name="HostsListed">Whether any was listed: the number of buckets goes by it.</param>
/// <param name="Fresh">Do not go on with an earlier run.</param>
/// <param name="Command">How to go on with it, for messages.</param>
public sealed record Job(Manifest Manifest, Migration Migration, ImmutableArray<Host> Hosts, bool HostsListed, bool Fresh, string Command)
{
    /// <summary>The run to look at: its id, or its stamp alone; null for the last one.</summary>
    public string? Run { get; init; }

    public RunFolders Folders => new(Manifest.Directory);

    public ImmutableArray<Slot> Slots => [.. Hosts.SelectMany(h => Enumerable.Range(1, h.Slots).Select(n => new Slot(h.Name, n)))];

    public RunTerms Terms => new(
        Migration.Mounts.Source,
        Migration.Mounts.Target,
        string.Join(' ', [.. Migration.Options, .. Migration.LeaveOut.Select(name => $"leaveOut:{name}")]),
        Migration.Source is MigrationSource.OnCluster tree ? $"{tree.Path} of cluster {tree.Name}, snapshot {tree.Snapshot}" : "");

    internal Cluster ClusterOf(MigrationSource.OnCluster tree) => Manifest.Clusters.First(cluster => cluster.Name == tree.Name);

    /// <summary>The paths for one rsync on a slot of <paramref name="host"/>; the host's bandwidth is shared by its slots.</summary>
    /// <param name="root">The source on that host: its mount, or the frozen view in it.</param>
    /// <param name="nanoseconds">Whether the target keeps them.</param>
    internal RsyncPaths PathsOn(string host, string root, bool nanoseconds) => new(
        root,
        Migration.Mounts.Target,
        Migration.Options,
        Migration.LeaveOut,
        Hosts.First(h => h.Name == host) is { Bandwidth: { } limit } h ? limit.BytesPerSecond / h.Slots : null,
        nanoseconds);
}
