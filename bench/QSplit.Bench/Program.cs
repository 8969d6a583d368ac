using QSplit.Bench;

return args switch
{
    ["crawl"] => await CrawlBench.RunAsync(null, 9),
    ["crawl", var directory] => await CrawlBench.RunAsync(directory, 9),
    ["crawl-once", var directory] => await CrawlOnce.RunAsync(directory),
    ["million"] => await MillionBench.RunAsync(20),
    ["million", var filesPerDirectory] => await MillionBench.RunAsync(int.Parse(filesPerDirectory)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: crawl [DIRECTORY] | crawl-once DIRECTORY | million [FILES-PER-DIRECTORY]");
    return 2;
}
