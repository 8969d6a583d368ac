using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>The outermost keys.</summary>
internal static class ManifestKeys
{
    private static readonly ManifestKey<int> Version = Keys.Required("version", MigrationValues.Version, "The version of this format: 1.");
    private static readonly ManifestKey<ImmutableArray<Cluster>> Clusters = Keys.Optional(
        "clusters", Lists.Named(ClusterKeys.Shape, least: 0), "Storage clusters by names of your choice.", new JsonObject(), []);
    private static readonly ManifestKey<ImmutableArray<Host>> Hosts = Keys.Optional(
        "hosts", Lists.Named(HostKeys.Shape, least: 0), "Machines that copy, by names of your choice.", new JsonObject(), []);
    private static readonly ManifestKey<ImmutableArray<Migration>> Migrations = Keys.Required(
        "migrations", Lists.Named(MigrationKeys.Shape, least: 1), "What is to be migrated, by names of your choice, which become names of folders; run in this order.");

    private static readonly ManifestKey<ImmutableArray<Notification>> Notify = Keys.Optional(
        "notify", NotifyKeys.Value, "Who hears how runs fare: a command or a webhook, or a list of those.", new JsonArray(), []);

    /// <param name="path">The file, in full.</param>
    /// <param name="directory">Its directory.</param>
    public static Shape<Manifest> Shape(string path, string directory) => new(
        [Version, Clusters, Hosts, Migrations, Notify],
        OneOf: [],
        _ => { },
        fields => new(fields.Get(Version), path, directory, fields.Get(Clusters), fields.Get(Hosts), fields.Get(Migrations)) { Notifications = fields.Get(Notify) });
}
