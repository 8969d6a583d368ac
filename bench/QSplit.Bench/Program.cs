using QSplit.Bench;

return args switch
{
    ["crawl"] => await CrawlBench.RunAsync(null, 9),
    ["crawl", var directory] => await CrawlBench.RunAsync(directory, 9),
    ["crawl-once", var directory] => await CrawlOnce.RunAsync(directory),
    ["million"] => await MillionBench.RunAsync(20),
    ["million", var filesPerDirectory] => await MillionBench.RunAsync(int.Parse(filesPerDirectory)),
    ["plan", .. var trees] => PlanBench.Run(trees),
    ["plan-once", var tree, var buckets, var faults] => await PlanOnce.RunAsync(tree, int.Parse(buckets), faults),
    ["plan-local-once", var directory, var buckets] => await LocalPlanOnce.RunAsync(directory, int.Parse(buckets)),
    ["reads", .. var shapes] => await PlanReads.RunAsync(shapes),
    ["figures", var tree] => TreeFigures.Run(tree),
    ["serve", var tree, var faults] => await ServeTree.RunAsync(tree, faults),
    ["sync", var faults] => await SyncBench.RunAsync(faults),
    ["tree", var directory, var files, var bytes] => MadeTree.Make(directory, int.Parse(files), long.Parse(bytes)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: crawl [DIRECTORY] | crawl-once DIRECTORY | million [FILES-PER-DIRECTORY] | plan [SYNTHETIC-TREE ...] | plan-once SYNTHETIC-TREE BUCKETS FAULTS | plan-local-once DIRECTORY BUCKETS | " +
        "reads [SHAPE ...] | figures SYNTHETIC-TREE | serve TREE FAULTS | sync FAULTS | tree DIRECTORY FILES BYTES");
    return 2;
}
