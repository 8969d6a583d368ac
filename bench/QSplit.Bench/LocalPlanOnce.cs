using System.Diagnostics;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Bench;

/// <summary>One crawl and one plan of a mounted directory, in a process of its own.</summary>
internal static class LocalPlanOnce
{
    public static async Task<int> RunAsync(string directory, int buckets)
    {
        var tree = await LocalTree.CrawlAsync(directory, new(), progress: null, CancellationToken.None);
        var crawled = Peak.Megabytes;
        var clock = Stopwatch.StartNew();
        var plan = await Planner.PlanAsync(tree, new("bench", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Cost), buckets, 0), CancellationToken.None);
        Console.WriteLine(
            $"{buckets} buckets of {plan.Buckets.Sum(bucket => bucket.Items.Length):N0} items in {clock.Elapsed.TotalSeconds:F2} s, {plan.Levels.Length} directories expanded; " +
            $"peak of the process {Peak.Megabytes} MB, {crawled} MB before the plan");
        return 0;
    }
}
