namespace QSplit.Trees;

/// <summary>Finds the largest files of a crawled tree.</summary>
internal static class LargeFileSearch
{
    /// <summary>The largest by bytes allocated, then by size, then by path: always the same ones of the same tree.</summary>
    /// <remarks>Only those that may be among them get a path: a tree has millions of files.</remarks>
    public static IEnumerable<LargeFile> Of(DirectoryNode root, int count)
    {
        if (Largest.Of(Files(root).Select(file => file.Entry.Own), count, Compare) is not [.., var least]) return [];
        var candidates = Files(root)
            .Where(file => Compare(file.Entry.Own, least) >= 0)
            .Select(file => new LargeFile(file.Directory.Path().Combine(file.Entry.Name.Span), file.Entry.Own));
        return Largest.Of(candidates, count, (a, b) => Compare(a.Totals, b.Totals) is var bySize and not 0 ? bySize : b.Path.CompareTo(a.Path));
    }

    private static int Compare(Totals left, Totals right) =>
        left.Bytes.CompareTo(right.Bytes) is var byBytes and not 0 ? byBytes : left.LogicalBytes.CompareTo(right.LogicalBytes);

    private static IEnumerable<(DirectoryNode Directory, ListedEntry Entry)> Files(DirectoryNode root)
    {
        foreach (var listing in root.WithAllBelow().SelectMany(directory => directory.Listings))
            for (var at = 0; listing.TryRead(ref at, out var entry);)
                if (entry.Kind == EntryKind.File) yield return (listing.Directory, entry);
    }
}
