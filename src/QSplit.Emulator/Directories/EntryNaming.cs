using System.Text;
using QSplit.Emulator.Served;
using QSplit.Trees;

namespace QSplit.Emulator.Directories;

/// <summary>Paths and ids as the API shows them, and back.</summary>
internal static class EntryNaming
{
    private const ulong RootInode = 2;

    /// <summary>The path below the root of the file system; null where it cannot be one. A name that is not UTF-8 has no text that leads to it.</summary>
    public static EntryPath? Parse(string path)
    {
        if (!path.StartsWith('/')) return null;
        var bytes = Encoding.UTF8.GetBytes(path.Trim('/'));
        foreach (var part in bytes.AsSpan().Split((byte)'/'))
            if (bytes.Length > 0 && EntryPath.WhyNotAName(bytes.AsSpan(part)) is not null) return null;
        return EntryPath.FromBytes(bytes);
    }

    /// <summary>The path as text, below a directory given as text. JSON has no bytes: what is not UTF-8 shows as U+FFFD.</summary>
    public static string Text(string above, EntryPath path) =>
        path.IsRoot ? above : (above == "/" ? "/" : above + "/") + Encoding.UTF8.GetString(path.Bytes);

    /// <summary>A number that stays with the entry: its inode, with the device in front where that is not the root's. The root is 2.</summary>
    public static string IdOf(EntryPath path, in EntryStatus status, ulong rootDevice) =>
        path.IsRoot ? "2"
        : status.Device == rootDevice && status.Inode != RootInode ? $"{status.Inode}"
        : $"{new UInt128(status.Device, status.Inode)}";

    /// <summary>The entry as it is served.</summary>
    /// <param name="path">As text.</param>
    /// <param name="below">How many entries a directory has, and how many of them are directories.</param>
    public static ServedEntry Entry(string id, string path, ReadOnlySpan<byte> name, in EntryStatus status, (long Entries, int Directories) below) => new(
        id,
        path,
        Encoding.UTF8.GetString(name),
        status.Type,
        status.IsDirectory ? below.Entries * 512 : status.Size,
        status.DataBlocks,
        1,
        status.Mode,
        status.Owner,
        status.Group,
        status.IsDirectory ? 2 + below.Directories : status.Links,
        below.Entries,
        status.Accessed,
        status.Modified,
        status.Changed,
        status.Created == default ? status.Changed : status.Created,
        Cursors.Of(name));
}
