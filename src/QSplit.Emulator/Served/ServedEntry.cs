namespace QSplit.Emulator.Served;

/// <summary>One entry with what its attributes say.</summary>
/// <param name="Id">A decimal number of up to 97 bits, as text.</param>
/// <param name="Path">Absolute, without a trailing slash unless it is the root.</param>
/// <param name="Size">Bytes as a reader sees them; 512 a child for a directory.</param>
/// <param name="DataBlocks">Of 4,096 bytes.</param>
/// <param name="MetaBlocks">Of 4,096 bytes.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="ChildCount">Direct entries of a directory; 0 for others.</param>
/// <param name="Cursor">Where the entry stands among those of its directory: positive, each once, in no order that means anything.</param>
internal sealed record ServedEntry(
    string Id,
    string Path,
    string Name,
    ServedType Type,
    long Size,
    long DataBlocks,
    long MetaBlocks,
    int Mode,
    uint Owner,
    uint Group,
    int Links,
    long ChildCount,
    UnixTime Accessed,
    UnixTime Modified,
    UnixTime Changed,
    UnixTime Created,
    long Cursor);

/// <summary>What an entry is, in the order of the API's names for it.</summary>
internal enum ServedType
{
    File,
    Directory,
    Symlink,
    Pipe,
    CharacterDevice,
    BlockDevice,
    Socket,
}

/// <summary>A moment to the nanosecond: seconds since 1970, and nanoseconds from 0 to 999,999,999 on top.</summary>
internal readonly record struct UnixTime(long Seconds, int Nanoseconds);
