using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>Which hard links a plan tears apart: pure.</summary>
internal static class LinkedNames
{
    /// <summary>All names of each file that has names in several buckets, sorted: an rsync that is given those links them. Within a bucket its own rsync does.</summary>
    public static ImmutableArray<EntryPath> Torn(ImmutableArray<Bucket> buckets, IEnumerable<LinkedSet> sets)
    {
        if (buckets.Length < 2) return [];
        var owners = buckets.SelectMany(bucket => bucket.Items, (bucket, item) => (item, bucket.Number)).ToDictionary(pair => pair.item, pair => pair.Number);
        return [.. sets.Where(set => set.Names.Select(name => OwnerOf(owners, name)).Distinct().Skip(1).Any()).SelectMany(set => set.Names).Order()];
    }

    /// <summary>The files of which several names are known.</summary>
    public static IEnumerable<LinkedSet> SetsOf(IEnumerable<LinkedName> names) => names
        .GroupBy(name => name.File, name => name.Path)
        .Where(paths => paths.Skip(1).Any())
        .Select(paths => new LinkedSet(new(0, 0, 1), [.. paths.Order()]));

    /// <summary>The number of the bucket that has an entry, or a directory around it; 0 for a level.</summary>
    internal static int OwnerOf(Dictionary<EntryPath, int> owners, EntryPath name) =>
        name.Upwards().Select(at => owners.GetValueOrDefault(at)).FirstOrDefault(owner => owner > 0);
}
