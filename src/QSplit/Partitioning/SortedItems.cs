using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>Puts items in order where they are: one directory may bring millions, and a copy of them all is what a plan could run out of memory for.</summary>
internal static class SortedItems
{
    /// <summary>Sorts, and drops those with the path of one before. A name that a source lists twice (renamed while it was paged through) must not go to two buckets.</summary>
    /// <returns>How many are left, from the start on.</returns>
    public static int SortDistinct(Span<FrontierItem> items)
    {
        items.Sort();
        var seen = new HashSet<EntryPath>(items.Length);
        var length = 0;
        foreach (var item in items)
            if (seen.Add(item.Path)) items[length++] = item;
        return length;
    }

    /// <summary>Merges sorted items into those at the end of an array, from its start on: each is sorted once, when it is found, and not again each round.</summary>
    /// <param name="others">No more than there is room for before <paramref name="start"/>.</param>
    /// <returns>How many there are in all.</returns>
    public static int Merge(IEnumerable<FrontierItem> others, FrontierItem[] items, int start, int count)
    {
        var (length, next, end) = (0, start, start + count);
        foreach (var other in others)
        {
            while (next < end && items[next] < other) items[length++] = items[next++];
            items[length++] = other;
        }
        while (next < end) items[length++] = items[next++];
        return length;
    }
}
