namespace QSplit.Clusters;

/// <summary>A snapshot that holds a directory.</summary>
/// <param name="Of">What was frozen: that directory, or one above it; absolute, as on the cluster.</param>
public sealed record HeldSnapshot(ClusterSnapshot Snapshot, string Of);
