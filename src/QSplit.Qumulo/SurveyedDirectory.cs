using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>Makes totals of what a cluster says of a directory. Pure.</summary>
internal static class SurveyedDirectory
{
    private const int BlockBytes = 4096;

    // What a cluster gives when it is not told how many children, and so the least at which it may have left some out.
    private const int UsualLimit = 1_000;

    /// <summary>The directory with all below it.</summary>
    public static Totals Totals(AggregatesAnswer answer) =>
        new(answer.TotalCapacity, answer.TotalData, 1 + answer.TotalFiles + answer.TotalDirectories + answer.TotalSymlinks + answer.TotalOtherObjects);

    /// <summary>Whether there may be children that the answer leaves out.</summary>
    /// <param name="asked">How many children were asked for.</param>
    public static bool IsCut(AggregatesAnswer answer, int asked)
    {
        var children = answer.Files ?? [];
        if (children.Length >= asked) return true;
        if (children.Length < UsualLimit) return false;
        // A server may have a limit of its own: totals that lag do not tell, so a round number is enough to look.
        return children.Length % UsualLimit == 0 || Totals(answer).Entries - 1 > children.Sum(child => Of(child).Totals.Entries);
    }

    /// <param name="listed">All entries, where the answer is cut; some may have come or gone since.</param>
    public static DirectoryTotals Of(EntryPath path, AggregatesAnswer answer, IReadOnlyList<AttributesAnswer> listed)
    {
        var totals = Totals(answer);
        var children = (answer.Files ?? []).Select(Of).DistinctBy(child => child.Name, NameComparer.Instance).ToList();
        if (listed.Count == 0) return new(path, totals, [.. children]);

        var known = children.Select(child => child.Name).ToHashSet(NameComparer.Instance);
        var unknown = listed.Where(entry => known.Add(entry.Name.Bytes)).ToList();
        children.AddRange(unknown.Where(entry => KindOf(entry.Type) != EntryKind.Directory).Select(OfFile));
        var directories = unknown.Where(entry => KindOf(entry.Type) == EntryKind.Directory).ToList();
        if (directories.Count > 0)
        {
            // Small ones, as the largest came with the answer; no call is spent on each. What they hold together is what is left of the whole.
            var share = Share(children.Aggregate(totals - new Totals(0, 0, 1), (left, child) => left - child.Totals), directories.Count);
            children.AddRange(directories.Select(entry => new ChildTotals(entry.Name.Bytes, EntryKind.Directory, share, Expandable: true, entry.Name.Doubt)));
        }
        return new(path, totals, [.. children]);
    }

    private static ChildTotals Of(AggregatedEntry child)
    {
        var kind = KindOf(child.Type);
        var entries = child.NumFiles + child.NumDirectories + child.NumSymlinks + child.NumOtherObjects;
        // Not all versions count links, or what they do not know.
        return new(child.Name.Bytes, kind, new(child.CapacityUsage, child.DataUsage, kind == EntryKind.Directory ? Math.Max(1, entries) : 1), kind == EntryKind.Directory, child.Name.Doubt);
    }

    private static ChildTotals OfFile(AttributesAnswer entry)
    {
        var allocated = entry.Blocks is { } blocks ? blocks * BlockBytes : (entry.Size + BlockBytes - 1) / BlockBytes * BlockBytes;
        return new(entry.Name.Bytes, KindOf(entry.Type), new(allocated, entry.Size, 1), Expandable: false, entry.Name.Doubt);
    }

    /// <summary>An even share. Totals lag on a live cluster, so what is left may be less than nothing.</summary>
    private static Totals Share(Totals left, int count) =>
        new(Math.Max(0, left.Bytes / count), Math.Max(0, left.LogicalBytes / count), Math.Max(1, left.Entries / count));

    private static EntryKind KindOf(string? type) => type switch
    {
        "FS_FILE_TYPE_FILE" => EntryKind.File,
        "FS_FILE_TYPE_DIRECTORY" => EntryKind.Directory,
        "FS_FILE_TYPE_SYMLINK" => EntryKind.Symlink,
        _ => EntryKind.Special,
    };

    private sealed class NameComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static NameComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}
