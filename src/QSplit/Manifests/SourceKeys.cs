namespace QSplit.Manifests;

/// <summary>What can be said of a migration's source.</summary>
internal static class SourceKeys
{
    private static readonly ManifestKey<string> Directory = Keys.Optional("directory", Scalars.Path, "A mounted directory, which is crawled.");
    private static readonly ManifestKey<string> Cluster = Keys.Optional(
        "cluster", Scalars.NameUnder("clusters"), "The name of a cluster, which is asked for its totals and never crawled.");
    private static readonly ManifestKey<string> Path = Keys.Optional(
        "path", MigrationValues.ClusterPath, "The directory on the cluster; goes with 'cluster'.", "/", "/");
    private static readonly ManifestKey<SnapshotChoice> Snapshot = Keys.Optional<SnapshotChoice>(
        "snapshot", SnapshotValues.Choice, "Which view is planned and copied: 'none' is what is there now, 'new' a snapshot for each plan, a number one that is there.", "none", new SnapshotChoice.None());
    private static readonly ManifestKey<TimeSpan> Expiry = Keys.Optional(
        "expiry", SnapshotValues.Expiry, "When the cluster lets go of a new snapshot by itself; longer than the migration takes.", "30days", SnapshotValues.UsualExpiry);

    private static readonly ManifestKey[] ForCluster = [Path, Snapshot, Expiry];

    public static Shape<MigrationSource> Shape { get; } = new(
        [Directory, Cluster, Path, Snapshot, Expiry],
        OneOf: [Directory, Cluster],
        fields =>
        {
            foreach (var key in ForCluster.Where(key => fields.Has(key) && !fields.Has(Cluster))) fields.At(key).ReportAtKey("needs 'cluster' beside it");
            if (fields.Has(Cluster) && fields.Has(Expiry) && fields.Get(Snapshot) is not SnapshotChoice.New) fields.At(Expiry).ReportAtKey("needs 'snapshot: new' beside it");
        },
        fields => fields.Find(Directory) is { } directory ? new MigrationSource.Mounted(directory)
            : fields.Find(Cluster) is { } cluster ? new MigrationSource.OnCluster(cluster, fields.Get(Path), View(fields))
            : null);

    private static SnapshotChoice View(Fields fields) =>
        fields.Get(Snapshot) is SnapshotChoice.New ? new SnapshotChoice.New(fields.Get(Expiry)) : fields.Get(Snapshot);
}
