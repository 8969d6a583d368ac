using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What an attempt at a bucket lists: pure.</summary>
internal static class RetryItems
{
    /// <summary>
    /// The items to list for a retry of <paramref name="named"/>: an item of the bucket as itself, anything below one by the directory that holds it,
    /// so that this gets its time back too (whatever is written into a directory changes it). All items where nothing is named, or
    /// something that lies outside of the bucket.
    /// </summary>
    /// <param name="items">The bucket's, sorted.</param>
    public static ImmutableArray<EntryPath> Of(ImmutableArray<EntryPath> items, IReadOnlyCollection<EntryPath> named)
    {
        var all = items.ToHashSet();
        var wanted = named.Select(path => all.Contains(path) ? path : path.Parent).ToHashSet();
        if (wanted.Count == 0 || !wanted.All(path => IsWithinAny(path, all))) return items;
        return [.. wanted.Where(path => path.IsRoot || !IsWithinAny(path.Parent, wanted)).Order()];
    }

    private static bool IsWithinAny(EntryPath path, HashSet<EntryPath> roots)
    {
        for (var at = path; !at.IsRoot; at = at.Parent)
            if (roots.Contains(at)) return true;
        return roots.Contains(EntryPath.Root);
    }
}
