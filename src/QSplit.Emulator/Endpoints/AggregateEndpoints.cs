using System.Collections.Immutable;
using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>Totals of a directory with its largest entries, and of those again and again.</summary>
internal sealed class AggregateEndpoints(ServedFiles files)
{
    private const int UsualEntries = 1000;
    private const int UsualDepth = 10;
    private const int MostInTree = 5000;
    private const double ListedShare = 0.9;

    // A real directory is crawled to answer: no more at once than can run, or all the threads of this process would wait here.
    private readonly TaskScheduler _scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Environment.ProcessorCount).ConcurrentScheduler;

    public IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/files/{}/aggregates/", AggregateAsync),
        new("GET", "/v1/files/{}/recursive-aggregates/", AggregateTreeAsync),
    ];

    private async Task<Reply> AggregateAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(call.Number("max-entries", 0) ?? UsualEntries, int.MaxValue);
        var order = TotalsOrder.Of(call);
        var (tree, directory) = await files.FindDirectoryAsync(call);
        return await CrawlAsync(() =>
        {
            var (largest, totals) = Read(tree, directory, order, most);
            return Reply.Json(json => TotalsJson.Write(json, directory, Behind(totals), largest));
        }, cancellationToken);
    }

    private async Task<Reply> AggregateTreeAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(call.Number("max-entries", 0) ?? UsualEntries, MostInTree);
        var depth = (int)Math.Min(call.Number("max-depth", 0) ?? UsualDepth, MostInTree);
        var order = TotalsOrder.Of(call);
        var (tree, directory) = await files.FindDirectoryAsync(call);
        return await CrawlAsync(() => Reply.Json(json =>
        {
            json.WriteStartArray();
            foreach (var (at, totals, largest) in Walk(tree, directory, order, most, depth)) TotalsJson.Write(json, at, Behind(totals), largest);
            json.WriteEndArray();
        }), cancellationToken);
    }

    /// <summary>Breadth first; of each directory the largest entries until nine tenths of it are listed, and only those are gone into.</summary>
    private static IEnumerable<(ServedEntry Directory, ServedTotals Totals, ImmutableArray<ListedTotals> Listed)> Walk(
        IServedTree tree, ServedEntry start, Func<ServedTotals, long> order, int most, int depth)
    {
        var left = new Queue<(ServedEntry Directory, int Depth)>([(start, 0)]);
        for (var seen = 0; left.TryDequeue(out var at);)
        {
            var (largest, totals) = Read(tree, at.Directory, order, Math.Max(0, most - seen));
            var listed = Prefix(largest, order, ListedShare * order(totals));
            yield return (at.Directory, totals, listed);
            seen += listed.Length;
            if (at.Depth >= depth || seen >= most) continue;
            foreach (var below in listed.Where(one => one.Entry.Type == ServedType.Directory)) left.Enqueue((below.Entry, at.Depth + 1));
        }
    }

    private static ImmutableArray<ListedTotals> Prefix(ImmutableArray<ListedTotals> largest, Func<ServedTotals, long> order, double enough)
    {
        var (listed, sum) = (0, 0L);
        while (listed < largest.Length && sum < enough) sum += order(largest[listed++].Totals);
        return largest[..listed];
    }

    private static (ImmutableArray<ListedTotals> Largest, ServedTotals Totals) Read(IServedTree tree, ServedEntry directory, Func<ServedTotals, long> order, int most)
    {
        if (most == 0) return ([], tree.TotalsOf(directory));
        var (largest, sum) = TotalsOrder.Largest(tree.ReadTotals(directory).Select(one => new ListedTotals(one.Entry, one.Totals)), order, most);
        return (largest, sum + new ServedTotals(directory.DataBlocks, directory.MetaBlocks, 0, 1, 0, 0));
    }

    /// <summary>The totals of a directory to which news from below has not come yet.</summary>
    private ServedTotals Behind(ServedTotals totals)
    {
        var share = 1 - files.Faults.Lag;
        return share >= 1 ? totals : new(
            (long)(totals.Data * share), (long)(totals.Meta * share), (long)(totals.Files * share), (long)(totals.Directories * share), (long)(totals.Symlinks * share), (long)(totals.Others * share));
    }

    private Task<Reply> CrawlAsync(Func<Reply> crawl, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(crawl, cancellationToken, TaskCreationOptions.DenyChildAttach, _scheduler);
}
