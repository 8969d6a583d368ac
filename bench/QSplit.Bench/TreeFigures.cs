using QSplit.Emulator.Served;
using QSplit.Emulator.Synthetic;

namespace QSplit.Bench;

/// <summary>What a synthetic tree is like, by walking it whole: for who wants to compare it with a file server.</summary>
internal static class TreeFigures
{
    public static int Run(string text)
    {
        var tree = new SyntheticVolume(SyntheticSpec.Parse(text)).Head;
        var (fanOuts, files, sizes, depths) = (new List<long>(), new List<long>(), new List<long>(), new List<long>());
        var waiting = new Stack<(ServedEntry Directory, int Depth)>([(tree.Find("/")!, 0)]);
        while (waiting.TryPop(out var next))
        {
            var children = tree.ReadChildren(next.Directory, 0).ToList();
            var directories = children.Where(child => child.Type == ServedType.Directory).ToList();
            if (directories.Count > 0) fanOuts.Add(directories.Count);
            files.Add(children.Count(child => child.Type == ServedType.File));
            sizes.AddRange(children.Where(child => child.Type == ServedType.File).Select(child => child.Size));
            depths.Add(next.Depth);
            foreach (var directory in directories) waiting.Push((directory, next.Depth + 1));
        }
        Console.WriteLine($"{text}: {sizes.Count:N0} files, {files.Count:N0} directories; quantiles");
        Console.WriteLine("| | 1 % | 10 % | 50 % | 90 % | 99 % | 100 % |\n| --- | --- | --- | --- | --- | --- | --- |");
        Row("directories in one that has any", fanOuts);
        Row("files in a directory", files);
        Row("levels above a directory", depths);
        Row("bytes of a file", sizes);
        sizes.Sort();
        Console.WriteLine($"The largest hundredth of the files holds {100.0 * sizes.TakeLast(sizes.Count / 100).Sum() / sizes.Sum():F0} % of all bytes, the smallest half {100.0 * sizes.Take(sizes.Count / 2).Sum() / sizes.Sum():F1} %.");
        return 0;
    }

    private static void Row(string name, List<long> values)
    {
        values.Sort();
        Console.WriteLine($"| {name} | {string.Join(" | ", ((double[])[0.01, 0.1, 0.5, 0.9, 0.99, 1]).Select(part => $"{values[(int)Math.Min(values.Count - 1, part * values.Count)]:N0}"))} |");
    }
}
