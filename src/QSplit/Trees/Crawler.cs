using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>What the threads of one crawl share.</summary>
/// <param name="Source">The directory that is crawled.</param>
internal sealed record Crawl(DirectoryHandle Source, NamePatterns LeaveOut, CrawlTally Tally, NoteBook Notes, CancellationToken Cancelled)
{
    public WorkStack<CrawlWork> Work { get; } = new();

    public DirectoryNode Root { get; } = new(within: null, at: 0);

    /// <summary>A negative errno when the source itself could not be listed to its end; then there is no tree.</summary>
    public int SourceError { get; set; }
}

/// <summary>A directory to list, or a part of its listing whose entries are to be looked at.</summary>
internal readonly record struct CrawlWork(DirectoryNode Directory, CrawlPart? Part = null);

/// <summary>What the system filled in of an open directory.</summary>
internal sealed record CrawlPart(DirectoryHandle Handle, byte[] Buffer, int Filled);

/// <summary>Reads a tree once, several directories at a time.</summary>
internal static class Crawler
{
    /// <summary>Reads it all and sums it up, on threads of its own: they wait for disks and file servers, and a mount may hang.</summary>
    /// <param name="parallelism">How many threads; 0 is two for each processor, at least 8.</param>
    /// <exception cref="OperationCanceledException">The crawl was cancelled.</exception>
    public static void Run(Crawl crawl, int parallelism)
    {
        using var closing = crawl.Cancelled.Register(crawl.Work.Close);
        _ = LinuxFiles.Look(crawl.Source.Descriptor, "\0"u8, out var status);
        crawl.Root.Add(new Totals(status.Allocated, 0, 1));
        crawl.Tally.Count(crawl.Root.Totals);
        crawl.Work.Push(new CrawlWork(crawl.Root));

        var threads = parallelism > 0 ? parallelism : Math.Max(8, 2 * Environment.ProcessorCount);
        Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            new CrawlThread(crawl).Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).GetAwaiter().GetResult();
        crawl.Cancelled.ThrowIfCancellationRequested();

        var all = crawl.Root.WithAllBelow();
        for (var i = all.Count - 1; i > 0; i--) all[i].Parent!.Add(all[i].Totals);
    }
}
