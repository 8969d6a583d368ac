using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace QSplit.Trees;

/// <summary>A file that has several names in a tree.</summary>
/// <param name="Totals">What one name amounts to: one entry.</param>
/// <param name="Names">Its names in the tree, by their bytes; at least two.</param>
public sealed record LinkedSet(Totals Totals, ImmutableArray<EntryPath> Names);

/// <summary>How much of a tree is files with several names in it. Names that lie outside the tree do not count.</summary>
/// <param name="Files">Files (inodes) with at least two names.</param>
/// <param name="Names">Their names.</param>
/// <param name="Bytes">Bytes allocated to these files, each counted once.</param>
/// <param name="CopiedBytes">Bytes that a copy without <c>--hard-links</c> holds for them: each name counted.</param>
public readonly record struct HardLinkTotals(long Files, long Names, long Bytes, long CopiedBytes)
{
    internal string Advice =>
        $"{Files:N0} {(Files == 1 ? "file has" : "files have")} {Names:N0} names (hard links): {Bytes:N0} bytes here, {CopiedBytes:N0} on the target, " +
        "where each name becomes a file of its own unless --hard-links is among the options.";
}

/// <summary>Finds the names that share a file.</summary>
internal static class HardLinks
{
    // Every file system of today takes so many.
    private const int Many = 1000;

    private const int MostOfMany = 100;

    /// <param name="many">Files with more names than some file systems take, the most first; at most 100.</param>
    public static HardLinkTotals Count(DirectoryNode root, out ImmutableArray<NameCount> many)
    {
        var names = new Dictionary<FileIdentity, (int Names, long Bytes)>();
        foreach (var (_, entry) in Linked(root))
        {
            ref var file = ref CollectionsMarshal.GetValueRefOrAddDefault(names, entry.Linked!.Value, out _);
            file = (file.Names + 1, entry.Own.Bytes);
        }
        many = WithMany(root, names);
        return names.Values.Where(file => file.Names > 1).Aggregate(default(HardLinkTotals), (sum, file) =>
            new(sum.Files + 1, sum.Names + file.Names, sum.Bytes + file.Bytes, sum.CopiedBytes + file.Names * file.Bytes));
    }

    public static IEnumerable<LinkedSet> Sets(DirectoryNode root) => Linked(root)
        .GroupBy(link => link.Entry.Linked, link => link)
        .Where(set => set.Skip(1).Any())
        .Select(set => new LinkedSet(set.First().Entry.Own, [.. set.Select(link => link.Directory.Path().Combine(link.Entry.Name.Span)).Order()]));

    /// <summary>
    /// Two entries that have one device and inode, and are not one file: then inode numbers say nothing here. Null where there are none. Some network and FUSE
    /// file systems are like that.
    /// </summary>
    /// <param name="source">The path of the tree, to look at entries again: a file may have changed between its two names.</param>
    public static (EntryPath One, EntryPath Other)? FindFalse(DirectoryNode root, string source)
    {
        var seen = new Dictionary<FileIdentity, (long Size, uint Look, DirectoryNode Directory, ReadOnlyMemory<byte> Name)>();
        foreach (var (directory, entry) in Linked(root))
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, entry.Linked!.Value, out var isKnown);
            if (!isKnown) known = (entry.Own.LogicalBytes, entry.Look, directory, entry.Name);
            else if ((known.Size, known.Look) != (entry.Own.LogicalBytes, entry.Look))
            {
                var (one, other) = (known.Directory.Path().Combine(known.Name.Span), directory.Path().Combine(entry.Name.Span));
                if (LookOf(source, one) != LookOf(source, other)) return (one, other);
            }
        }
        return null;
    }

    private static ImmutableArray<NameCount> WithMany(DirectoryNode root, Dictionary<FileIdentity, (int Names, long Bytes)> names)
    {
        var first = names.Where(file => file.Value.Names > Many).OrderByDescending(file => file.Value.Names).Take(MostOfMany)
            .ToDictionary(file => file.Key, _ => (EntryPath?)null);
        if (first.Count == 0) return [];
        foreach (var (directory, entry) in Linked(root))
        {
            if (!first.TryGetValue(entry.Linked!.Value, out var known)) continue;
            var path = directory.Path().Combine(entry.Name.Span);
            if (known is null || path.CompareTo(known.Value) < 0) first[entry.Linked.Value] = path;
        }
        return
        [
            .. first.Select(file => new NameCount(file.Value!.Value.ToString(), names[file.Key].Names))
                .OrderByDescending(file => file.Names).ThenBy(file => file.First, StringComparer.Ordinal),
        ];
    }

    private static (long, DateTime, UnixFileMode) LookOf(string source, EntryPath path)
    {
        var file = new FileInfo(Path.Combine(source, System.Text.Encoding.UTF8.GetString(path.Bytes)));
        return file.Exists ? (file.Length, file.LastWriteTimeUtc, file.UnixFileMode) : default;
    }

    private static IEnumerable<(DirectoryNode Directory, ListedEntry Entry)> Linked(DirectoryNode root)
    {
        foreach (var listing in root.WithAllBelow().SelectMany(directory => directory.Listings))
            for (var at = 0; listing.TryRead(ref at, out var entry);)
                if (entry.Linked is not null) yield return (listing.Directory, entry);
    }
}
