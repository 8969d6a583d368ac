namespace QSplit.Stages;

/// <summary>A cluster that the command line asks about.</summary>
/// <param name="Manifest">The file; relative to the directory of the <see cref="Surroundings"/>.</param>
/// <param name="Cluster">Its name in the manifest; null where there is only one, or with <paramref name="Source"/>.</param>
/// <param name="Source">A cluster that need not be in the manifest; null for one that is.</param>
public sealed record ClusterRequest(string Manifest, string? Cluster, SourceRequest? Source);
