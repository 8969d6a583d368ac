namespace QSplit.Clusters;

/// <summary>What an account may have to be allowed on a cluster.</summary>
[Flags]
public enum ClusterRights
{
    None = 0,

    /// <summary>Totals, listings and attributes.</summary>
    Read = 1,

    /// <summary>To look snapshots up.</summary>
    FindSnapshots = 2,

    /// <summary>To take and delete snapshots.</summary>
    TakeSnapshots = 4,

    /// <summary>To read the difference of two snapshots.</summary>
    CompareSnapshots = 8,
}
