using QSplit.Bench;
using QSplit.Manifests;

return args switch
{
    ["crawl"] => await CrawlBench.RunAsync(null, 9),
    ["crawl", var directory] => await CrawlBench.RunAsync(directory, 9),
    ["crawl-once", var directory] => await CrawlOnce.RunAsync(directory),
    ["million"] => await MillionBench.RunAsync(20),
    ["million", var filesPerDirectory] => await MillionBench.RunAsync(int.Parse(filesPerDirectory)),
    ["plan", .. var shapes] => PlanBench.Run(shapes),
    ["plan-once", var tree, var buckets, var by] => await PlanOnce.RunAsync(tree, int.Parse(buckets), Enum.Parse<BalanceBy>(by, ignoreCase: true)),
    ["trace", var tree, var buckets] => await PlanTrace.RunAsync(tree, int.Parse(buckets)),
    ["figures", var tree] => TreeFigures.Run(tree),
    ["grid"] => await PlanGrid.RunAsync(),
    ["tree", var directory, var files, var bytes] => MadeTree.Make(directory, int.Parse(files), long.Parse(bytes)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: crawl [DIRECTORY] | crawl-once DIRECTORY | million [FILES-PER-DIRECTORY] | plan [SHAPE ...] | plan-once TREE BUCKETS capacity|files|cost | figures TREE | tree DIRECTORY FILES BYTES");
    return 2;
}
