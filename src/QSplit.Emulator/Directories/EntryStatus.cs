using QSplit.Emulator.Served;
using QSplit.Trees.Native;

namespace QSplit.Emulator.Directories;

/// <summary>What the system said of an entry at one moment. Written to disk as it is in memory: see <see cref="IndexFile"/>.</summary>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Blocks">Of 512 bytes.</param>
/// <param name="Created">0 where the file system keeps none.</param>
internal readonly record struct EntryStatus(
    ServedType Type,
    ulong Inode,
    ulong Device,
    int Mode,
    uint Owner,
    uint Group,
    int Links,
    long Size,
    long Blocks,
    UnixTime Accessed,
    UnixTime Modified,
    UnixTime Changed,
    UnixTime Created)
{
    public bool IsDirectory => Type == ServedType.Directory;

    public long DataBlocks => Type == ServedType.File ? (Blocks + 7) / 8 : 0;

    /// <summary>The entry alone. Each takes one block of metadata, as on a cluster.</summary>
    public ServedTotals Own => Type switch
    {
        ServedType.File => new(DataBlocks, 1, 1, 0, 0, 0),
        ServedType.Directory => new(0, 1, 0, 1, 0, 0),
        ServedType.Symlink => new(0, 1, 0, 0, 1, 0),
        _ => new(0, 1, 0, 0, 0, 1),
    };

    public static EntryStatus Of(in FileStatus status) => new(
        TypeOf(status.Type),
        status.Inode,
        ((ulong)status.DeviceMajor << 32) | status.DeviceMinor,
        status.Mode & 0xfff,
        status.Owner,
        status.Group,
        (int)status.Links,
        status.Size,
        status.Blocks,
        new(status.Accessed, (int)status.AccessedNanoseconds),
        new(status.Modified, (int)status.ModifiedNanoseconds),
        new(status.Changed, (int)status.ChangedNanoseconds),
        new(status.Created, (int)status.CreatedNanoseconds));

    /// <summary>Whether this was still the same thing at another moment: a directory that was made anew under its old name is not.</summary>
    /// <remarks>Inodes are used again at once by some file systems; the time of creation tells.</remarks>
    public bool IsSameAs(in EntryStatus other) =>
        Type == other.Type && (!IsDirectory || (Inode == other.Inode && Device == other.Device && Created == other.Created));

    /// <summary>Whether anything can have changed since another moment: the system moves the time of change at each, and no program sets it back.</summary>
    public bool DiffersFrom(in EntryStatus other) =>
        Inode != other.Inode || Device != other.Device || Changed != other.Changed || Modified != other.Modified || Mode != other.Mode || (Size != other.Size && !IsDirectory);

    private static ServedType TypeOf(int type) => type switch
    {
        FileStatus.RegularFile => ServedType.File,
        FileStatus.Directory => ServedType.Directory,
        FileStatus.Symlink => ServedType.Symlink,
        1 => ServedType.Pipe, // DT_FIFO
        2 => ServedType.CharacterDevice, // DT_CHR
        6 => ServedType.BlockDevice, // DT_BLK
        _ => ServedType.Socket,
    };
}
