using QSplit.Clusters;

namespace QSplit.Tests;

/// <summary>For what has no business with a cluster.</summary>
internal static class Nowhere
{
    public static ClusterConnections Connections => new((cluster, _) => throw new InvalidOperationException($"{cluster.Name} was to be asked."));
}
