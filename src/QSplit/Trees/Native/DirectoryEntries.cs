using System.Buffers.Binary;

namespace QSplit.Trees.Native;

/// <summary>Walks what <c>getdents64</c> filled in, without <c>.</c> and <c>..</c>: <c>struct linux_dirent64</c> of include/linux/dirent.h.</summary>
internal ref struct DirectoryEntries(ReadOnlySpan<byte> filled)
{
    private ReadOnlySpan<byte> _rest = filled;

    /// <summary>The name with its NUL.</summary>
    public ReadOnlySpan<byte> TerminatedName { get; private set; }

    public readonly ReadOnlySpan<byte> Name => TerminatedName[..^1];

    /// <summary>The type that the directory keeps of it; 0 where it keeps none.</summary>
    public int Type { get; private set; }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var length = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(_rest[16..]) : BinaryPrimitives.ReadUInt16BigEndian(_rest[16..]);
            var name = _rest[19..length];
            Type = _rest[18];
            TerminatedName = name[..(name.IndexOf((byte)0) + 1)];
            _rest = _rest[length..];
            if (!Name.SequenceEqual("."u8) && !Name.SequenceEqual(".."u8)) return true;
        }
        return false;
    }
}
