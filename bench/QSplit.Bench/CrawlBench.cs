using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Bench;

/// <summary>The crawl beside the programs that do the same: find, and fpart, which it replaces.</summary>
internal static class CrawlBench
{
    public static async Task<int> RunAsync(string? directory, int rounds)
    {
        using var folder = new TemporaryFolder(TemporaryFolder.InMemory);
        if (directory is null) TreeMaker.Make(directory = folder.Path, new(Seed: 1, Files: 120_000, Bytes: 4_000_000_000, Depth: 10, FilesPerDirectory: 12, Holes: true));
        var tree = await LocalTree.CrawlAsync(directory, new(), progress: null, CancellationToken.None);
        Console.WriteLine($"{tree.Totals.Entries:N0} entries in {directory}, cache warm, {rounds} rounds by turns, {Environment.ProcessorCount} processors");
        Console.WriteLine();
        await Contest.RunAsync(rounds,
            ("QSplit, in a running process", () => CrawlAsync(directory, 0)),
            ("QSplit, one thread", () => CrawlAsync(directory, 1)),
            ("QSplit, a process of its own", Contest.Program("dotnet", Environment.GetCommandLineArgs()[0], "crawl-once", directory)),
            ("find -printf '%s\\n'", Contest.Program("find", directory, "-printf", "%s\\n")),
            ("fpart -n 8", Contest.Program("fpart", "-n", "8", directory)));
        return 0;
    }

    private static async Task CrawlAsync(string directory, int parallelism) =>
        await (await LocalTree.CrawlAsync(directory, new() { Parallelism = parallelism }, progress: null, CancellationToken.None)).ReadAsync(EntryPath.Root, CancellationToken.None);
}
