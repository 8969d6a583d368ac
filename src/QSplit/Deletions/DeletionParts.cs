using System.Collections.Immutable;

namespace QSplit.Deletions;

/// <summary>A list in parts that are deleted beside each other: pure, and the same whenever it is asked.</summary>
internal static class DeletionParts
{
    /// <summary>Fewer entries are not worth another rsync.</summary>
    private const int Least = 1000;

    /// <summary>How many parts there are, 1 or more.</summary>
    /// <param name="slots">How many rsyncs run at once.</param>
    public static int CountOf(DeletionList list, int slots) => (int)Math.Clamp(list.Entries / Least, 1, Math.Max(1, Math.Min(4 * slots, list.ToDelete.Count())));

    /// <summary>The parts, as heavy as each other as far as directories let them; none inside another.</summary>
    public static ImmutableArray<DeletionList> Of(DeletionList list, int count)
    {
        if (count <= 1) return [list];
        var parts = Enumerable.Range(0, count).Select(_ => new List<Deletion>()).ToList();
        var lightest = new PriorityQueue<int, (long Entries, int Part)>(Enumerable.Range(0, count).Select(part => (part, (0L, part))));
        foreach (var item in list.Items.Where(item => !item.GivesWay).OrderByDescending(item => item.Entries).ThenBy(item => item.Path))
        {
            lightest.TryDequeue(out var part, out var weight);
            parts[part].Add(item);
            lightest.Enqueue(part, (weight.Entries + item.Entries, part));
        }
        return [.. parts.Select(part => list with { Items = [.. part.OrderBy(item => item.Path)] })];
    }
}
