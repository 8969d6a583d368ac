using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>What <c>migrations.yml</c> says, checked: every name in it resolves, every path is absolute.</summary>
/// <param name="Version">The format's version: 1.</param>
/// <param name="Path">The file, in full.</param>
/// <param name="Directory">The file's directory: relative paths in the file start here.</param>
/// <param name="Clusters">In the order of the file.</param>
/// <param name="Hosts">In the order of the file.</param>
/// <param name="Migrations">In the order of the file, which is the order in which they run.</param>
public sealed record Manifest(
    int Version,
    string Path,
    string Directory,
    ImmutableArray<Cluster> Clusters,
    ImmutableArray<Host> Hosts,
    ImmutableArray<Migration> Migrations)
{
    /// <summary>The SHA-256 of the file's bytes, in hexadecimal; empty for what is no file.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Who hears how runs fare, in the order of the file.</summary>
    public ImmutableArray<Notification> Notifications { get; init; } = [];

    /// <summary>Those that are about a migration.</summary>
    public IEnumerable<Notification> NotificationsOf(Migration migration) =>
        Notifications.Where(notification => notification.Migrations.IsEmpty || notification.Migrations.Contains(migration.Name));

    /// <summary>The hosts that a migration names, in its order.</summary>
    public ImmutableArray<Host> HostsOf(Migration migration) =>
        [.. migration.Hosts.Select(name => Hosts.First(host => host.Name == name))];
}
