using System.Diagnostics;
using QSplit.Trees;

namespace QSplit.Bench;

/// <summary>One crawl in a process of its own: what it took, and what the process held at most.</summary>
internal static class CrawlOnce
{
    public static async Task<int> RunAsync(string directory)
    {
        var clock = Stopwatch.StartNew();
        var tree = await LocalTree.CrawlAsync(directory, new(), progress: null, CancellationToken.None);
        await tree.ReadAsync(EntryPath.Root, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine($"{tree.Totals.Entries:N0} entries in {seconds:F2} s, {tree.Totals.Entries / seconds:N0}/s; peak of the process {Peak.Megabytes} MB, tree {GC.GetTotalMemory(forceFullCollection: true) / 1024:N0} kB");
        GC.KeepAlive(tree);
        return 0;
    }
}
