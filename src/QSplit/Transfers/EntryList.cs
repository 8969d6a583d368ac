using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>The list that rsync reads with <c>--from0 --files-from=-</c>: <c>./name</c>, each ended by NUL.</summary>
internal static class EntryList
{
    /// <param name="paths">In the order of their bytes: rsync is fastest so.</param>
    /// <param name="behind">What is put behind each path: <c>/</c> asks for what is in a directory, at that level. Never for a tree: it may be a symlink by now.</param>
    public static byte[] Of(IEnumerable<EntryPath> paths, string behind)
    {
        using var list = new MemoryStream();
        var end = System.Text.Encoding.ASCII.GetBytes(behind);
        foreach (var path in paths)
        {
            list.Write(path.IsRoot ? "."u8 : "./"u8);
            list.Write(path.Bytes);
            list.Write(end);
            list.WriteByte(0);
        }
        return list.ToArray();
    }

    /// <summary>The paths in such a list, without what is put behind them.</summary>
    public static IEnumerable<EntryPath> Read(ReadOnlyMemory<byte> list)
    {
        while (list.Span.IndexOf((byte)0) is var end and >= 0)
        {
            var item = list[..end].Span.TrimEnd((byte)'/');
            yield return item.SequenceEqual("."u8) ? EntryPath.Root : EntryPath.FromBytes(item["./".Length..]);
            list = list[(end + 1)..];
        }
    }

    /// <summary>The list without what is too long for rsync, which would take the first 4,095 bytes of it for a path.</summary>
    public static (ReadOnlyMemory<byte> List, ImmutableArray<EntryPath> TooLong) WithoutTooLong(ReadOnlyMemory<byte> list) =>
        HasTooLong(list.Span) ? Split(list, item => item.Length > LongPaths.Most + 1) : (list, []);

    /// <summary>The list without some entries and what is below them.</summary>
    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> list, IReadOnlySet<EntryPath> paths) =>
        paths.Count == 0 ? list : Split(list, item => Read(item).Single().Upwards().Any(paths.Contains)).List;

    // An item has its NUL with it, for Read.
    private static (ReadOnlyMemory<byte> List, ImmutableArray<EntryPath> Without) Split(ReadOnlyMemory<byte> list, Func<ReadOnlyMemory<byte>, bool> isWithout)
    {
        var (kept, without) = (new MemoryStream(), ImmutableArray.CreateBuilder<EntryPath>());
        while (list.Span.IndexOf((byte)0) is var end and >= 0)
        {
            var item = list[..(end + 1)];
            if (isWithout(item)) without.AddRange(Read(item));
            else kept.Write(item.Span);
            list = list[(end + 1)..];
        }
        return (kept.ToArray(), without.ToImmutable());
    }

    private static bool HasTooLong(ReadOnlySpan<byte> list)
    {
        while (list.Length > LongPaths.Most)
        {
            // The end of the longest that will do is looked for from behind.
            if (list[..(LongPaths.Most + 1)].LastIndexOf((byte)0) is not (var end and >= 0)) return true;
            list = list[(end + 1)..];
        }
        return false;
    }

    /// <summary>The same of entries and the directories around them, for a pass over names alone that sets the times of those again.</summary>
    public static byte[] WithAround(IEnumerable<EntryPath> paths) => Of(paths.SelectMany(path => path.Parent is { IsRoot: false } around ? [path, around] : new[] { path }).Distinct().Order(), "");
}
