namespace QSplit.Trees;

/// <summary>
/// A part of a directory's entries, packed, since a tree has millions: for each a head (kind, and whether it has other names), the name, blocks
/// of 512 bytes, logical bytes, and where it has other names device, inode, and a hash of mode and time. Numbers are seven bits a byte, the lowest first, the eighth bit: more.
/// </summary>
internal sealed class Listing(DirectoryNode directory, byte[] packed)
{
    public const int LinkedFlag = 4;

    /// <summary>The directory whose entries these are.</summary>
    public DirectoryNode Directory { get; } = directory;

    /// <summary>The nodes of those entries that are directories, in their order here.</summary>
    public DirectoryNode[] Directories { get; set; } = [];

    /// <summary>The next part of the same directory.</summary>
    public Listing? Next { get; set; }

    /// <summary>Reads the entry at <paramref name="at"/> (0 is the first) and moves it to the next; false at the end.</summary>
    public bool TryRead(ref int at, out ListedEntry entry)
    {
        entry = default;
        if (at == packed.Length) return false;
        var head = packed[at++];
        var name = NameAt(ref at);
        var blocks = (long)Number(ref at);
        var logical = (long)Number(ref at);
        FileIdentity? linked = (head & LinkedFlag) != 0 ? new(Number(ref at), Number(ref at)) : null;
        var look = linked is null ? 0 : Number(ref at);
        entry = new(name, (EntryKind)(head & 3), new(blocks * 512, logical, 1), linked, (uint)look);
        return true;
    }

    /// <summary>How many entries there are; reads through them.</summary>
    public int Count()
    {
        var count = 0;
        for (var at = 0; TryRead(ref at, out _);) count++;
        return count;
    }

    /// <summary>The name of the entry at <paramref name="at"/>.</summary>
    public ReadOnlyMemory<byte> Name(int at)
    {
        at++;
        return NameAt(ref at);
    }

    private ReadOnlyMemory<byte> NameAt(ref int at)
    {
        var length = (int)Number(ref at);
        at += length;
        return packed.AsMemory(at - length, length);
    }

    private ulong Number(ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var b = packed[at++];
            number |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return number;
        }
    }
}
