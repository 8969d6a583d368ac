using QSplit.Clusters;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Signs in to the cluster that the command line asks about.</summary>
internal static class ConnectCluster
{
    /// <exception cref="ManifestException">There is no such cluster.</exception>
    public static Task<ICluster> RunAsync(ClusterRequest request, Surroundings around, CancellationToken cancellationToken) =>
        around.Clusters.ToAsync(ClusterOf(request, around), cancellationToken);

    private static Cluster ClusterOf(ClusterRequest request, Surroundings around)
    {
        if (request is { Source: { } source, Cluster: null })
        {
            return NamedSource.Read(source, request.Manifest, around).Clusters is [var named]
                ? named
                : throw new ManifestException($"--source={source.Text} is a directory, and only a cluster can be asked for this: --source=qumulo://host, or --cluster=NAME of the manifest.");
        }
        var clusters = ReadManifest.Read(request.Manifest, around).Clusters;
        return (request.Cluster, clusters) switch
        {
            (_, []) => throw new ManifestException($"{request.Manifest} has no clusters."),
            (null, [var only]) => only,
            (null, _) => throw new ManifestException($"Which cluster? {Known(clusters)}: --cluster=NAME."),
            ({ } name, _) => clusters.FirstOrDefault(c => c.Name == name)
                ?? throw new ManifestException($"--cluster asks for cluster '{name}', which the manifest does not have. {Known(clusters)}."),
        };
    }

    private static string Known(IEnumerable<Cluster> clusters) => $"It has {string.Join(", ", clusters.Select(c => c.Name))}";
}
