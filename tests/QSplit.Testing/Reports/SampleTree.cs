using System.Collections.Immutable;
using QSplit.Reports;

namespace QSplit.Testing.Reports;

/// <summary>A studio's file server in some fifty directories, as skewed as in practice.</summary>
internal static class SampleTree
{
    public static ImmutableArray<ReportFile> LargestFiles { get; } =
    [
        .. Enumerable.Range(0, 20).Select(i => new ReportFile(
            i % 3 == 0 ? $"./archive/2019/tapes/LTO-{118 - i:0000}.tar" : $"./projects/2024/seq-{10 + (10 * i):000}/plates/scan_{i:00}_v{3 + i}.mov",
            Gigabytes(640 / (1 + (0.35 * i))),
            Gigabytes(641 / (1 + (0.35 * i))))),
    ];

    public static ImmutableArray<ReportDirectory> Directories(int more)
    {
        var leaves = new List<(string Path, double Size, long Entries)>
        {
            ("./archive/2018", 2100, 41_000), ("./archive/2019/tapes", 5200, 310), ("./archive/2019/finals", 1800, 9_400), ("./archive/2020", 1500, 66_000), ("./archive/2021", 900, 71_000),
            ("./home/anna", 210, 410_000), ("./home/björn", 96, 230_000), ("./home/chen", 61, 1_120_000), ("./home/dmitri", 40, 88_000), ("./home/émilie", 22, 19_000), ("./home/farah", 9, 4_300),
            ("./library/textures", 1300, 890_000), ("./library/hdri", 480, 3_100), ("./library/sounds and music", 220, 71_000), ("./library/models", 610, 240_000),
            ("./render/cache", 2700, 5_400_000), ("./render/farm-logs", 14, 3_300_000), ("./render/previews", 300, 190_000),
            ("./projects/2022/harbour", 1900, 340_000), ("./projects/2022/lighthouse", 700, 120_000), ("./projects/2023/the long way home", 3900, 610_000), ("./projects/2023/commercials", 240, 44_000),
            ("./software", 55, 1_900_000), ("./.trash", 130, 66_000),
        };
        leaves.AddRange(Enumerable.Range(1, 18).Select(i => ($"./projects/2024/seq-{10 * i:000}", 1400 / Math.Pow(i, 0.9), (long)(260_000 / Math.Pow(i, 0.7)))));
        leaves.AddRange(Enumerable.Range(1, more).Select(i => ($"./render/shot {i % 30:00}/pass-{i:0000}", 1 + (40.0 / i), 900L + i)));
        var sums = new SortedDictionary<string, (double Size, long Entries)>(StringComparer.Ordinal);
        foreach (var (path, size, entries) in leaves)
            for (var at = path; ; at = at[..at.LastIndexOf('/')])
            {
                var sum = sums.GetValueOrDefault(at);
                sums[at] = (sum.Size + size, sum.Entries + entries + 1);
                if (at == ".") break;
            }
        // What lies loose between the directories that are known.
        return [.. sums.Select(item => new ReportDirectory(item.Key, Gigabytes(item.Value.Size * (item.Key == "." ? 1.01 : 1)), Gigabytes(item.Value.Size * 1.02), item.Value.Entries + 12))];
    }

    private static long Gigabytes(double size) => (long)(size * (1L << 30));
}
