namespace QSplit.Manifests;

/// <summary>What holds the source of a migration still while it is cut over.</summary>
public enum FreezeBy
{
    /// <summary>Whoever runs the cutover sees to it that nobody writes there, and says so.</summary>
    Operator,

    /// <summary>The frozen view of the last pass: what is written after it is not migrated.</summary>
    Snapshot,
}
