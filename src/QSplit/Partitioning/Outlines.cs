using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>Reads for the outline of a tree what its plan had no need to read.</summary>
internal static class Outlines
{
    private const double LeastShare = 0.005;
    private const int MostReads = 200;

    /// <summary>
    /// Adds to an outline all directories of a crawled tree that hold half a percent of it or more: reading those costs nothing. A cluster is not asked
    /// for more than its plan needs.
    /// </summary>
    public static async Task DeepenAsync(OutlineWriter outline, ITreeSource tree, Totals whole, CancellationToken cancellationToken)
    {
        var next = new Queue<EntryPath>([EntryPath.Root]);
        for (var reads = 0; reads < MostReads && next.TryDequeue(out var path); reads++)
        {
            var directory = await tree.ReadAsync(path, cancellationToken);
            outline.Add(directory);
            foreach (var child in directory.Children)
                if (child is { Kind: EntryKind.Directory, Expandable: true } && IsWorthIt(child.Totals, whole)) next.Enqueue(path.Combine(child.Name.Span));
        }
    }

    /// <summary>Reads the directories of an outline again.</summary>
    /// <returns>The same directories as they are now, and those that came to be right below one of which all were known.</returns>
    public static async Task<PlanOutline> ReadAgainAsync(PlanOutline before, ITreeSource source, CancellationToken cancellationToken)
    {
        var outline = new OutlineWriter();
        var paths = before.Directories.Select(directory => directory.Path).ToHashSet();
        foreach (var directory in before.Directories.Where(directory => directory.IsRead))
        {
            // What is gone, or something else by now, is known from the directory above.
            if (!directory.Path.IsRoot && !outline.IsKnown(directory.Path)) continue;
            var now = await source.ReadAsync(directory.Path, cancellationToken);
            outline.Add(now, paths);
            if (directory.IsWhole) paths.UnionWith(OutlineWriter.DirectoriesOf(now));
        }
        return outline.Of(paths);
    }

    private static bool IsWorthIt(Totals part, Totals whole) => part.Bytes >= LeastShare * whole.Bytes || part.Entries >= LeastShare * whole.Entries;
}
