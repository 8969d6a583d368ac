using QSplit.Trees;

namespace QSplit.Clusters;

/// <summary>What became of an entry between two snapshots. A directory that was created or deleted stands for all below it; a rename is a deletion and a creation.</summary>
/// <param name="Path">Below the directory that was asked about.</param>
/// <param name="IsDirectory">Whether it is one, or was.</param>
public readonly record struct ClusterChange(ChangeOperation Operation, EntryPath Path, bool IsDirectory);

/// <summary>What became of it.</summary>
public enum ChangeOperation
{
    /// <summary>It came.</summary>
    Created,

    /// <summary>It is another; of a directory only its own attributes.</summary>
    Modified,

    /// <summary>It went.</summary>
    Deleted,
}
