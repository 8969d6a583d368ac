using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>Makes totals of what a cluster says of a directory and its entries. Pure.</summary>
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

    public static ChildTotals Of(AggregatedEntry child)
    {
        var kind = child.Type ?? EntryKind.Special;
        var entries = child.NumFiles + child.NumDirectories + child.NumSymlinks + child.NumOtherObjects;
        // Not all versions count links, or what they do not know.
        return new(child.Name.Bytes, kind, new(child.CapacityUsage, child.DataUsage, kind == EntryKind.Directory ? Math.Max(1, entries) : 1), kind == EntryKind.Directory, child.Name.Doubt);
    }

    /// <summary>What is no directory.</summary>
    public static ChildTotals Of(PagedEntry entry)
    {
        // What the cluster makes smaller is as large as before on the target.
        var smaller = entry is { LogicalDatablocks: { } logical, Datablocks: { } stored } ? logical - stored : 0;
        var allocated = entry.Blocks is { } blocks ? (blocks + smaller) * BlockBytes : (entry.Size + BlockBytes - 1) / BlockBytes * BlockBytes;
        return new(entry.Name.Bytes, entry.Type ?? EntryKind.Special, new(allocated, entry.Size, 1), Expandable: false, entry.Name.Doubt);
    }

    /// <summary>An even share. Totals lag on a live cluster, so what is left may be less than nothing.</summary>
    public static Totals Share(Totals left, int count) =>
        new(Math.Max(0, left.Bytes / count), Math.Max(0, left.LogicalBytes / count), Math.Max(1, left.Entries / count));
}
