using System.Text;

namespace QSplit.Testing;

/// <summary>What a made tree looks like.</summary>
/// <param name="Seed">The same shape makes the same names, sizes and contents.</param>
/// <param name="Bytes">The sum of all sizes.</param>
/// <param name="Skew">0: all files of one size; 1: a few hold most, as in practice; more: fewer hold more.</param>
/// <param name="Depth">Levels of directories below the top, at most.</param>
/// <param name="FilesPerDirectory">On the average; they are spread unevenly.</param>
/// <param name="Holes">Sizes only: the files are holes, and made in no time.</param>
public sealed record TreeShape(int Seed, int Files, long Bytes, double Skew = 1, int Depth = 8, int FilesPerDirectory = 20, bool Holes = false);

/// <summary>Makes real trees on disk, quickly.</summary>
public static class TreeMaker
{
    /// <summary>Makes a tree.</summary>
    /// <param name="directory">An existing, empty directory.</param>
    public static void Make(string directory, TreeShape shape)
    {
        var random = new Random(shape.Seed);
        var files = new ByteFiles(directory);
        var content = new byte[1 << 20];
        random.NextBytes(content);
        var directories = Directories(random, shape);
        foreach (var path in directories.Skip(1)) files.Directory(Encoding.UTF8.GetBytes(path[..^1]));

        var sizes = Sizes(random, shape);
        // The square leans towards the directories made first: a few large ones, many small.
        var homes = sizes.Select(_ => directories[(int)(Math.Pow(random.NextDouble(), 2) * directories.Count)]).ToArray();
        Parallel.For(0, shape.Files, i =>
        {
            var path = Encoding.UTF8.GetBytes($"{homes[i]}file-{i}.bin");
            if (shape.Holes) files.SparseFile(path, sizes[i]);
            else files.File(path, Block(content, i), sizes[i]);
        });
    }

    // Each with its slash; the first is the top.
    private static List<string> Directories(Random random, TreeShape shape)
    {
        List<(string Path, int Depth)> directories = [("", 0)];
        var parents = new List<int> { 0 };
        for (var i = 1; i <= shape.Files / shape.FilesPerDirectory && shape.Depth > 0; i++)
        {
            var (path, depth) = directories[parents[random.Next(parents.Count)]];
            directories.Add(($"{path}dir-{i}/", depth + 1));
            if (depth + 1 < shape.Depth) parents.Add(i);
        }
        return [.. directories.Select(made => made.Path)];
    }

    private static long[] Sizes(Random random, TreeShape shape)
    {
        var weights = Enumerable.Range(0, shape.Files).Select(_ => Math.Pow(1 - random.NextDouble(), -shape.Skew)).ToArray();
        var unit = shape.Bytes / weights.Sum();
        var sizes = weights.Select(weight => (long)(weight * unit)).ToArray();
        if (sizes.Length > 0) sizes[0] += shape.Bytes - sizes.Sum();
        return sizes;
    }

    // Half a block, from a place of its own for each file, so that no two contents are the same for long.
    private static ReadOnlySpan<byte> Block(byte[] content, int file) => content.AsSpan((int)((uint)file * 2_654_435_761u % (uint)(content.Length / 2)), content.Length / 2);
}
