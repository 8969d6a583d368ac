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

    /// <summary>The same of entries and the directories around them, for a pass over names alone that sets the times of those again.</summary>
    public static byte[] WithAround(IEnumerable<EntryPath> paths) => Of(paths.SelectMany(path => path.Parent is { IsRoot: false } around ? [path, around] : new[] { path }).Distinct().Order(), "");
}
