using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>Makes the outline of a tree from the directories that were read, and finds the largest of the files in them.</summary>
/// <remarks>One directory may bring millions of children: of each only the heaviest are kept.</remarks>
internal sealed class OutlineWriter
{
    /// <summary>How many directories an outline has, and those above them.</summary>
    public const int Most = 1000;

    /// <summary>How many large files are named.</summary>
    public const int MostFiles = 20;

    private readonly Dictionary<EntryPath, Totals> _known = [];
    private readonly Dictionary<EntryPath, int> _read = [];
    private List<LargeFile> _files = [];

    /// <summary>The largest first.</summary>
    public IReadOnlyList<LargeFile> LargestFiles => _files;

    /// <summary>Takes in a directory; one that was added before changes nothing.</summary>
    /// <param name="wanted">Directories that are kept however light they are; null is none.</param>
    public void Add(DirectoryTotals directory, IReadOnlySet<EntryPath>? wanted = null)
    {
        if (directory.Withheld) return;
        _known[directory.Path] = directory.Totals;
        _read[directory.Path] = directory.Children.Count(IsDirectory);
        foreach (var child in Largest.Of(directory.Children.Where(IsDirectory), Most, Compare))
            _known.TryAdd(directory.Path.Combine(child.Name.Span), child.Totals);
        if (wanted is not null && _read[directory.Path] > Most)
            foreach (var child in directory.Children.Where(IsDirectory))
                if (directory.Path.Combine(child.Name.Span) is var path && wanted.Contains(path)) _known.TryAdd(path, child.Totals);
        var files = Largest.Of(directory.Children.Where(child => child.Kind == EntryKind.File && IsNamed(child)), MostFiles, Compare)
            .Select(child => new LargeFile(directory.Path.Combine(child.Name.Span), child.Totals));
        _files = Largest.Of(_files.Concat(files), MostFiles, (a, b) => a.Totals.Bytes.CompareTo(b.Totals.Bytes) is var bySize and not 0 ? bySize : b.Path.CompareTo(a.Path));
    }

    public bool IsKnown(EntryPath path) => _known.ContainsKey(path);

    /// <summary>The directories right below one that was read, the heaviest first.</summary>
    public static IEnumerable<EntryPath> DirectoriesOf(DirectoryTotals directory) =>
        Largest.Of(directory.Children.Where(IsDirectory), Most, Compare).Select(child => directory.Path.Combine(child.Name.Span));

    /// <summary>The heaviest of all, by their share of bytes or of entries, with those above them.</summary>
    public PlanOutline ToOutline()
    {
        var whole = _known.GetValueOrDefault(EntryPath.Root);
        double Share(Totals totals) => Math.Max(totals.Bytes / Math.Max(1.0, whole.Bytes), totals.Entries / Math.Max(1.0, whole.Entries));
        var chosen = _known.OrderByDescending(known => Share(known.Value)).ThenBy(known => known.Key).Take(Most).Select(known => known.Key).ToHashSet();
        // Where totals lag behind, what is below may weigh more than what is above.
        foreach (var path in chosen.ToList())
            for (var above = path; !above.IsRoot; above = above.Parent) chosen.Add(above.Parent);
        return Of(chosen);
    }

    /// <summary>The outline of these directories, as far as they are known.</summary>
    public PlanOutline Of(IReadOnlySet<EntryPath> paths)
    {
        var known = paths.Where(_known.ContainsKey).Order().ToList();
        var below = known.Where(path => !path.IsRoot).CountBy(path => path.Parent).ToDictionary();
        return new([.. known.Select(path => new OutlinedDirectory(
            path, _known[path], _read.ContainsKey(path), _read.TryGetValue(path, out var all) && below.GetValueOrDefault(path) == all))]);
    }

    private static int Compare(ChildTotals left, ChildTotals right) =>
        left.Totals.Bytes.CompareTo(right.Totals.Bytes) is var byBytes and not 0 ? byBytes
        : left.Totals.Entries.CompareTo(right.Totals.Entries) is var byEntries and not 0 ? byEntries
        : right.Name.Span.SequenceCompareTo(left.Name.Span);

    private static bool IsDirectory(ChildTotals child) => child.Kind == EntryKind.Directory && IsNamed(child);

    private static bool IsNamed(ChildTotals child) => child.Doubt is null && EntryPath.WhyNotAName(child.Name.Span) is null;
}
