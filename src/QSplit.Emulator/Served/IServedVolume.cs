namespace QSplit.Emulator.Served;

/// <summary>A file system that is served: what is there now, what snapshots froze, and what changed between two of them.</summary>
internal interface IServedVolume
{
    /// <summary>What is there now.</summary>
    IServedTree Head { get; }

    /// <summary>Bytes in all, and bytes free.</summary>
    (UInt128 Total, UInt128 Free) Capacity { get; }

    /// <summary>Freezes a directory; it stays readable, as it is now, until <see cref="ForgetAsync"/>.</summary>
    /// <exception cref="StorageException">It cannot be frozen; nothing is left of the attempt.</exception>
    Task FreezeAsync(ServedSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>The tree of a snapshot. Its paths are those of the file system; outside of the snapshot's directory it shows what is there now, as a real cluster does.</summary>
    IServedTree In(ServedSnapshot snapshot);

    /// <summary>Takes note that a snapshot expires at another time.</summary>
    void Remember(ServedSnapshot snapshot);

    /// <summary>Lets go of a snapshot, and of what only it holds.</summary>
    Task ForgetAsync(ServedSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>What changed from one snapshot to a later one of the same directory, in an order that stays.</summary>
    IEnumerable<ServedChange> Changes(ServedSnapshot older, ServedSnapshot newer);

    /// <summary>Those that were there when the emulator was last stopped.</summary>
    IReadOnlyList<ServedSnapshot> Kept { get; }

    /// <summary>The highest number that a snapshot ever had here, forgotten ones included; 0 for none.</summary>
    long LastNumber { get; }
}

/// <summary>A snapshot of one directory.</summary>
/// <param name="Number">From 1; never used again.</param>
/// <param name="Name">As given; its directory is called <c>Number_Name</c>.</param>
/// <param name="SourceId">The id of the directory.</param>
/// <param name="SourcePath">Its path when the snapshot was taken.</param>
/// <param name="Expires">Null is never.</param>
internal sealed record ServedSnapshot(long Number, string Name, string SourceId, string SourcePath, DateTimeOffset Taken, DateTimeOffset? Expires)
{
    public string Directory => $"{Number}_{Name}";

    /// <summary>Whether a path, absolute, is that of its directory or below it.</summary>
    public bool Covers(string path) => SourcePath == "/" || path == SourcePath || path.StartsWith(SourcePath + "/", StringComparison.Ordinal);
}

/// <summary>One line of a difference: a directory's path ends in a slash.</summary>
internal sealed record ServedChange(string Operation, string Path)
{
    /// <summary>Which file it is, when that has several names; null otherwise.</summary>
    public (ulong Device, ulong Inode)? Linked { get; init; }
}
