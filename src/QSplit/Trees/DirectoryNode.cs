namespace QSplit.Trees;

/// <summary>How reading a directory ended.</summary>
internal enum DirectoryState : byte
{
    Listed,

    /// <summary>It could not be listed, or not to its end.</summary>
    Unreadable,

    /// <summary>It was removed after its parent had been listed.</summary>
    Gone,
}

/// <summary>One directory of a crawled tree. It has no name of its own: that is in its parent's listing.</summary>
internal sealed class DirectoryNode(Listing? within, int at)
{
    private long _bytes;
    private long _logicalBytes;
    private long _entries;
    private Listing? _listings;

    public DirectoryNode? Parent => within?.Directory;

    public ReadOnlySpan<byte> Name => within is null ? [] : within.Name(at).Span;

    public DirectoryState State { get; set; }

    public Totals Totals => new(_bytes, _logicalBytes, _entries);

    /// <summary>Every part of the directory's listing.</summary>
    public IEnumerable<Listing> Listings
    {
        get
        {
            for (var listing = _listings; listing is not null; listing = listing.Next) yield return listing;
        }
    }

    /// <summary>The directories right below.</summary>
    public IEnumerable<DirectoryNode> Directories => Listings.SelectMany(listing => listing.Directories);

    /// <summary>This directory and all below it that are still there, parents before children.</summary>
    public List<DirectoryNode> WithAllBelow()
    {
        List<DirectoryNode> all = [this];
        for (var i = 0; i < all.Count; i++) all.AddRange(all[i].Directories.Where(directory => directory.State != DirectoryState.Gone));
        return all;
    }

    /// <summary>Adds to the totals. Several threads may list one directory.</summary>
    public void Add(Totals totals)
    {
        Interlocked.Add(ref _bytes, totals.Bytes);
        Interlocked.Add(ref _logicalBytes, totals.LogicalBytes);
        Interlocked.Add(ref _entries, totals.Entries);
    }

    public void Add(Listing listing)
    {
        do listing.Next = _listings;
        while (Interlocked.CompareExchange(ref _listings, listing, listing.Next) != listing.Next);
    }

    /// <summary>The directory's path below the source; empty for the source.</summary>
    public byte[] PathBytes()
    {
        var length = -1;
        for (var node = this; node.Parent is not null; node = node.Parent) length += node.Name.Length + 1;
        if (length < 0) return [];
        var path = new byte[length];
        for (var node = this; node.Parent is not null; node = node.Parent)
        {
            length -= node.Name.Length;
            node.Name.CopyTo(path.AsSpan(length));
            if (length > 0) path[--length] = (byte)'/';
        }
        return path;
    }

    public EntryPath Path() => EntryPath.FromBytes(PathBytes());
}
