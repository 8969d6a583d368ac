namespace QSplit.Manifests;

/// <summary>What reads the commands that a host is given.</summary>
public enum HostShell
{
    /// <summary>A POSIX shell.</summary>
    Sh,

    /// <summary>The command interpreter of Windows, by its own OpenSSH server.</summary>
    Cmd,
}
