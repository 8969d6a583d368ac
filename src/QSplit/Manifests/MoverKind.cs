namespace QSplit.Manifests;

/// <summary>What copies.</summary>
public enum MoverKind
{
    /// <summary>rsync, on hosts with a POSIX shell.</summary>
    Rsync,

    /// <summary>robocopy, on Windows hosts.</summary>
    Robocopy,
}
