using System.Runtime.InteropServices;

namespace QSplit.Trees.Native;

/// <summary>What <c>statx</c> tells of an entry: <c>struct statx</c> of include/uapi/linux/stat.h, the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    public const int Directory = 4; // DT_DIR
    public const int RegularFile = 8; // DT_REG
    public const int Symlink = 10; // DT_LNK

    public const ulong Immutable = 0x10; // STATX_ATTR_IMMUTABLE
    public const ulong AppendOnly = 0x20; // STATX_ATTR_APPEND

    [FieldOffset(8)] public ulong Attributes;
    [FieldOffset(16)] public uint Links;
    [FieldOffset(20)] public uint Owner;
    [FieldOffset(24)] public uint Group;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public long Size;
    [FieldOffset(48)] public long Blocks;
    [FieldOffset(64)] public long Accessed;
    [FieldOffset(72)] public uint AccessedNanoseconds;
    [FieldOffset(80)] public long Created;
    [FieldOffset(88)] public uint CreatedNanoseconds;
    [FieldOffset(96)] public long Changed;
    [FieldOffset(104)] public uint ChangedNanoseconds;
    [FieldOffset(112)] public long Modified;
    [FieldOffset(120)] public uint ModifiedNanoseconds;
    [FieldOffset(128)] public uint SpecialMajor;
    [FieldOffset(132)] public uint SpecialMinor;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    /// <summary>The kind bits of the mode (S_IFMT), shifted down: what a directory entry's type says as well.</summary>
    public readonly int Type => Mode >> 12;

    /// <summary>Bytes allocated, in the fixed unit of <c>stx_blocks</c>.</summary>
    public readonly long Allocated => Blocks * 512;

    /// <summary>What rsync counts of it: the bytes of a file, the length of a link, nothing of the rest.</summary>
    public readonly long Logical => Type is RegularFile or Symlink ? Size : 0;
}
