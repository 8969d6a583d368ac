namespace QSplit.Clusters;

/// <summary>A cluster's size figures, each in bytes; null where this version of the cluster does not give it.</summary>
/// <param name="Block">The unit of allocation.</param>
/// <param name="Free">What can still be written.</param>
/// <param name="Raw">All disks together; only old versions tell.</param>
/// <param name="Total">What can be written in all.</param>
/// <param name="Snapshots">What only snapshots hold; only new versions tell.</param>
public sealed record ClusterCapacity(long? Block, UInt128? Free, UInt128? Raw, UInt128? Total, UInt128? Snapshots);

/// <summary>Who a cluster says it is; null where it does not say.</summary>
/// <param name="Version">Its software's, such as <c>Qumulo Core 7.7.2</c>.</param>
public sealed record ClusterIdentity(string? Name, string? Version);
