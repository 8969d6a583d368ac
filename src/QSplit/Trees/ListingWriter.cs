using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>Packs entries into listings (see <see cref="Listing"/>). One for each thread, used again and again.</summary>
internal sealed class ListingWriter
{
    private readonly List<int> _directories = [];
    private byte[] _packed = new byte[16 * 1024];
    private int _length;

    /// <summary>Adds an entry that could be looked at.</summary>
    public void Add(ReadOnlySpan<byte> name, in FileStatus status)
    {
        var linked = status.Links > 1 && EntryKinds.Of(status) != EntryKind.Directory;
        AddHead(name, EntryKinds.Of(status), linked ? Listing.LinkedFlag : 0);
        AddNumber((ulong)status.Blocks);
        AddNumber((ulong)status.Logical);
        if (!linked) return;
        AddNumber(((ulong)status.DeviceMajor << 32) | status.DeviceMinor);
        AddNumber(status.Inode);
        AddNumber((uint)HashCode.Combine(status.Mode, status.Modified, status.ModifiedNanoseconds));
    }

    /// <summary>Adds an entry of which only the name is known, and perhaps the kind.</summary>
    public void AddUnknown(ReadOnlySpan<byte> name, EntryKind kind)
    {
        AddHead(name, kind, 0);
        AddNumber(0);
        AddNumber(0);
    }

    /// <summary>The listing of all that was added, with a node for each directory in it; the writer is empty again.</summary>
    public Listing Take(DirectoryNode directory)
    {
        var listing = new Listing(directory, _packed[.._length]);
        listing.Directories = new DirectoryNode[_directories.Count];
        for (var i = 0; i < _directories.Count; i++) listing.Directories[i] = new(listing, _directories[i]);
        _directories.Clear();
        _length = 0;
        return listing;
    }

    private void AddHead(ReadOnlySpan<byte> name, EntryKind kind, int flags)
    {
        const int LongestOfTheRest = 1 + 6 * 10;
        if (_packed.Length - _length < name.Length + LongestOfTheRest) Array.Resize(ref _packed, _packed.Length * 2 + name.Length);
        if (kind == EntryKind.Directory) _directories.Add(_length);
        _packed[_length++] = (byte)((int)kind | flags);
        AddNumber((ulong)name.Length);
        name.CopyTo(_packed.AsSpan(_length));
        _length += name.Length;
    }

    private void AddNumber(ulong number)
    {
        for (; number >= 0x80; number >>= 7) _packed[_length++] = (byte)(number | 0x80);
        _packed[_length++] = (byte)number;
    }
}
