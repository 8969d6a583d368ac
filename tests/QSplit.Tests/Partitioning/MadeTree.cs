namespace QSplit.Tests.Partitioning;

/// <summary>Large trees, the same for the same seed.</summary>
internal static class MadeTree
{
    /// <summary>Each directory hangs below a random earlier one (depth grows with the logarithm); directories draw files unevenly.</summary>
    public static Node Of(int files, int directories, Random random, Func<Random, long> size)
    {
        var parents = Enumerable.Range(0, directories).Select(i => random.Next(Math.Max(1, i))).ToArray();
        var draws = Enumerable.Range(0, directories).Select(_ => Math.Exp(1.5 * Gaussian(random))).ToArray();
        var children = Enumerable.Range(0, directories).Select(_ => new List<Node>()).ToArray();
        var sum = draws.Sum();
        for (int directory = 0, file = 0; directory < directories; directory++)
            for (var share = draws[directory] / sum * files; share > 0 && file < files; share--)
                children[directory].Add(Node.File($"f{file++}", size(random)));
        for (var directory = directories - 1; directory > 0; directory--)
            children[parents[directory]].Add(Node.Directory($"d{directory}", children[directory]));
        return Node.Tree(children[0]);
    }

    /// <summary>Sizes as on file servers: most small, most bytes in few.</summary>
    public static long Skewed(Random random) => (long)Math.Exp(10 + (2 * Gaussian(random)));

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
