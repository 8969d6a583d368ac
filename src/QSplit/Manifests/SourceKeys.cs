namespace QSplit.Manifests;

/// <summary>What can be said of a migration's source.</summary>
internal static class SourceKeys
{
    private static readonly ManifestKey<string> Directory = Keys.Optional("directory", Scalars.Path, "A mounted directory, which is crawled.");
    private static readonly ManifestKey<string> Cluster = Keys.Optional(
        "cluster", Scalars.NameUnder("clusters"), "The name of a cluster, which is asked for its totals and never crawled.");
    private static readonly ManifestKey<string> Path = Keys.Optional(
        "path", MigrationValues.ClusterPath, "The directory on the cluster; goes with 'cluster'.", "/", "/");

    public static Shape<MigrationSource> Shape { get; } = new(
        [Directory, Cluster, Path],
        OneOf: [Directory, Cluster],
        fields =>
        {
            if (fields.Has(Path) && !fields.Has(Cluster)) fields.At(Path).ReportAtKey("needs 'cluster' beside it");
        },
        fields => fields.Find(Directory) is { } directory ? new MigrationSource.Mounted(directory)
            : fields.Find(Cluster) is { } cluster ? new MigrationSource.OnCluster(cluster, fields.Get(Path))
            : null);
}
