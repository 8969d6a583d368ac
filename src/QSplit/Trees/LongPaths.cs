namespace QSplit.Trees;

/// <summary>
/// Paths that are too long for rsync, which reads none of more than 4,095 bytes (MAXPATHLEN). Linux itself only limits the path of one call.
/// </summary>
internal static class LongPaths
{
    /// <summary>Bytes of the longest path below a source.</summary>
    public const int Most = 4095;

    private const int LongestName = 255;

    /// <summary>Whether rsync cannot read the path.</summary>
    public static bool IsTooLong(EntryPath path) => path.Bytes.Length > Most;

    /// <summary>Notes the topmost entries of a crawled tree whose path is too long.</summary>
    public static void Note(Crawl crawl)
    {
        var open = new Stack<(DirectoryNode Directory, int Length)>([(crawl.Root, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Length + 1 + LongestName <= Most)
            {
                foreach (var directory in next.Directory.Directories) open.Push((directory, next.Length + (next.Length > 0 ? 1 : 0) + directory.Name.Length));
                continue;
            }
            foreach (var listing in next.Directory.Listings)
            {
                for (var (at, number) = (0, 0); listing.TryRead(ref at, out var entry);)
                {
                    var directory = entry.Kind == EntryKind.Directory ? listing.Directories[number++] : null;
                    var length = next.Length + (next.Length > 0 ? 1 : 0) + entry.Name.Length;
                    if (length > Most)
                        crawl.Notes.Add(TreeNoteKind.TooLong, next.Directory.Path().Combine(entry.Name.Span), Text(length, directory));
                    else if (directory is not null) open.Push((directory, length));
                }
            }
        }
    }

    private static string Text(int length, DirectoryNode? directory) =>
        $"Its path has {length:N0} bytes, which is too long for rsync ({Most:N0} at most): it is not copied" +
        (directory?.Totals.Entries is > 1 and var entries ? $", with {entries - 1:N0} entries below it" : "") + ". Shorten the path on the source.";
}
