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
    public static HardLinkTotals Count(DirectoryNode root)
    {
        var names = new Dictionary<FileIdentity, (int Names, long Bytes)>();
        foreach (var (_, entry) in Linked(root))
        {
            ref var file = ref CollectionsMarshal.GetValueRefOrAddDefault(names, entry.Linked!.Value, out _);
            file = (file.Names + 1, entry.Own.Bytes);
        }
        return names.Values.Where(file => file.Names > 1).Aggregate(default(HardLinkTotals), (sum, file) =>
            new(sum.Files + 1, sum.Names + file.Names, sum.Bytes + file.Bytes, sum.CopiedBytes + file.Names * file.Bytes));
    }

    public static IEnumerable<LinkedSet> Sets(DirectoryNode root) => Linked(root)
        .GroupBy(link => link.Entry.Linked, link => link)
        .Where(set => set.Skip(1).Any())
        .Select(set => new LinkedSet(set.First().Entry.Own, [.. set.Select(link => link.Directory.Path().Combine(link.Entry.Name.Span)).Order()]));

    private static IEnumerable<(DirectoryNode Directory, ListedEntry Entry)> Linked(DirectoryNode root)
    {
        foreach (var listing in root.WithAllBelow().SelectMany(directory => directory.Listings))
            for (var at = 0; listing.TryRead(ref at, out var entry);)
                if (entry.Linked is not null) yield return (listing.Directory, entry);
    }
}
