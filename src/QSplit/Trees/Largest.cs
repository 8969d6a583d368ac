namespace QSplit.Trees;

/// <summary>The largest of many, without a copy of them all.</summary>
internal static class Largest
{
    /// <param name="comparer">A whole order, so that the same items always give the same result.</param>
    /// <returns>At most <paramref name="count"/> items, the largest first.</returns>
    public static List<T> Of<T>(IEnumerable<T> items, int count, Comparison<T> comparer)
    {
        var largest = new PriorityQueue<T, T>(Comparer<T>.Create(comparer));
        foreach (var item in items)
        {
            if (largest.Count < count) largest.Enqueue(item, item);
            else if (comparer(item, largest.Peek()) > 0) largest.DequeueEnqueue(item, item);
        }
        var all = largest.UnorderedItems.Select(item => item.Element).ToList();
        all.Sort((left, right) => comparer(right, left));
        return all;
    }
}
