using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>What a file system ignores when it compares names.</summary>
[Flags]
public enum NameFolding
{
    None = 0,

    /// <summary>Upper and lower case.</summary>
    Case = 1,

    /// <summary>Whether a letter and its accent are one character or two (Unicode normalization).</summary>
    Normalization = 2,
}

/// <summary>An entry whose name is the same as that of another for a target that folds names: it cannot hold both.</summary>
/// <param name="With">The other, which comes first by its bytes.</param>
/// <param name="AreDirectories">Whether both are directories: then they become one, with what is in both.</param>
public sealed record CaseClash(EntryPath Path, EntryPath With, bool AreDirectories)
{
    /// <summary>What a target has to fold for the two to be one name.</summary>
    public NameFolding Folds { get; init; } = NameFolding.Case;
}

/// <summary>Finds names of a crawled tree that differ only in case or in normalization.</summary>
internal static class CaseClashes
{
    /// <summary>Beyond so many they are not counted.</summary>
    public const int Most = 1000;

    // The first of them by path are kept, whichever thread of the crawl listed them first.
    private const int MostSorted = 100 * Most;

    private const NameFolding All = NameFolding.Case | NameFolding.Normalization;

    public static ImmutableArray<CaseClash> In(DirectoryNode root)
    {
        var (found, names, open) = (new List<CaseClash>(), new HashSet<ulong>(), new Stack<DirectoryNode[]>());
        open.Push([root]);
        while (found.Count < MostSorted && open.TryPop(out var merged))
        {
            names.Clear();
            var isClear = true;
            foreach (var listing in merged.SelectMany(directory => directory.Listings))
                for (var at = 0; listing.TryRead(ref at, out var entry);)
                    if (!names.Add(FoldedName.Hash(entry.Name.Span))) isClear = false;
            if (isClear) Open(open, merged.SelectMany(directory => directory.Directories).Select(directory => new[] { directory }));
            else Open(open, Clash(found, merged));
        }
        return [.. found.OrderBy(clash => clash.Path).Take(Most + 1)];
    }

    private static void Open(Stack<DirectoryNode[]> open, IEnumerable<DirectoryNode[]> below)
    {
        foreach (var directories in below)
            if (Array.FindAll(directories, directory => directory.State != DirectoryState.Gone) is { Length: > 0 } there) open.Push(there);
    }

    // Directories that become one on the target are looked at as one.
    private static IEnumerable<DirectoryNode[]> Clash(List<CaseClash> found, DirectoryNode[] merged)
    {
        foreach (var group in merged.SelectMany(Entries).GroupBy(entry => FoldedName.Of(entry.Name.Span, All), StringComparer.Ordinal)
            .ToList())
        {
            var entries = group
                .Select(entry => (Path: entry.In.Path().Combine(entry.Name.Span), IsDirectory: entry.Directory is not null)).ToList();
            if (entries.Count > 1)
            {
                var clashes = new Dictionary<EntryPath, CaseClash>();
                foreach (var folds in (NameFolding[])[NameFolding.Case, NameFolding.Normalization, All])
                    foreach (var same in entries.GroupBy(entry => FoldedName.Of(entry.Path.Bytes, folds), StringComparer.Ordinal))
                    {
                        // A directory stays, since what is below it is more than an entry.
                        var all = same.OrderBy(entry => !entry.IsDirectory).ThenBy(entry => entry.Path).ToList();
                        foreach (var other in all.Skip(1))
                            clashes.TryAdd(other.Path, new(other.Path, all[0].Path, other.IsDirectory) { Folds = folds });
                    }
                found.AddRange(clashes.Values);
            }
            DirectoryNode[] directories = [.. group.Select(entry => entry.Directory).OfType<DirectoryNode>()];
            if (directories.Length > 0) yield return directories;
        }
    }

    private static IEnumerable<(DirectoryNode In, ReadOnlyMemory<byte> Name, DirectoryNode? Directory)> Entries(DirectoryNode directory)
    {
        foreach (var listing in directory.Listings)
            for (var (at, number) = (0, 0); listing.TryRead(ref at, out var entry);)
                yield return (directory, entry.Name, entry.Kind == EntryKind.Directory ? listing.Directories[number++] : null);
    }
}
