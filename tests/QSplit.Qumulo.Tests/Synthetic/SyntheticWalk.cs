using QSplit.Emulator.Served;
using QSplit.Emulator.Synthetic;

namespace QSplit.Qumulo.Tests.Synthetic;

/// <summary>Ways through a served tree that tests share.</summary>
internal static class SyntheticWalk
{
    public static SyntheticVolume Volume(string text) => new(SyntheticSpec.Parse("synthetic:" + text));

    public static IServedTree Tree(string text) => Volume(text).Head;

    public static ServedEntry Root(this IServedTree tree) => tree.Find("/")!;

    /// <summary>Every entry, parents before children, the root first.</summary>
    public static IEnumerable<ServedEntry> All(this IServedTree tree)
    {
        var waiting = new Stack<ServedEntry>([tree.Root()]);
        while (waiting.TryPop(out var entry))
        {
            yield return entry;
            if (entry.Type != ServedType.Directory) continue;
            foreach (var child in tree.ReadChildren(entry, 0)) waiting.Push(child);
        }
    }

    /// <summary>The directories from the root down a way chosen by chance, to one without directories.</summary>
    public static IEnumerable<ServedEntry> Descend(this IServedTree tree, Random random)
    {
        for (var directory = tree.Root(); directory is not null;)
        {
            yield return directory;
            var below = tree.ReadChildren(directory, 0).Where(child => child.Type == ServedType.Directory).ToList();
            directory = below.Count == 0 ? null : below[random.Next(below.Count)];
        }
    }

    /// <summary>What a directory's totals have to be, by those of its children.</summary>
    public static ServedTotals SumOver(this IServedTree tree, ServedEntry directory) =>
        tree.ReadTotals(directory).Aggregate(new ServedTotals(directory.DataBlocks, directory.MetaBlocks, 0, 1, 0, 0), (sum, child) => sum + child.Totals);
}
