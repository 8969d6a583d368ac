using System.Runtime.InteropServices;

namespace QSplit.Trees.Native;

/// <summary>What <c>statx</c> tells of an entry: <c>struct statx</c> of include/uapi/linux/stat.h, the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    [FieldOffset(16)] public uint Links;
    [FieldOffset(20)] public uint Owner;
    [FieldOffset(24)] public uint Group;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public long Size;
    [FieldOffset(48)] public long Blocks;
    [FieldOffset(112)] public long Modified;
    [FieldOffset(120)] public uint ModifiedNanoseconds;
    [FieldOffset(128)] public uint SpecialMajor;
    [FieldOffset(132)] public uint SpecialMinor;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    /// <summary>The kind bits of the mode (S_IFMT), shifted down: what a directory entry's type says as well.</summary>
    public readonly int Type => Mode >> 12;

    public readonly EntryKind Kind => KindOf(Type);

    /// <summary>Bytes allocated, in the fixed unit of <c>stx_blocks</c>.</summary>
    public readonly long Allocated => Blocks * 512;

    /// <summary>What rsync counts of it: the bytes of a file, the length of a link, nothing of the rest.</summary>
    public readonly long Logical => Kind is EntryKind.File or EntryKind.Symlink ? Size : 0;

    /// <summary>The kind for a type of a directory entry (DT_REG ...), which are the kind bits of a mode shifted down; 0 is unknown.</summary>
    public static EntryKind KindOf(int type) => type switch
    {
        4 => EntryKind.Directory,
        8 => EntryKind.File,
        10 => EntryKind.Symlink,
        _ => EntryKind.Special,
    };
}
