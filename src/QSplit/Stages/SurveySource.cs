using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Opens the source of a migration. A mounted directory is crawled here, once; it answers from memory afterwards.</summary>
internal static class SurveySource
{
    /// <exception cref="StorageException">The source cannot be read.</exception>
    public static async Task<Surveyed> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        around.View.Say($"{job.Migration.Name}: reading {job.Migration.Mounts.Source}");
        var began = around.Time.GetTimestamp();
        var tree = await LocalTree.CrawlAsync(
            job.Migration.Mounts.Source, new LocalTreeOptions { LeaveOut = job.Migration.LeaveOut }, null, cancellationToken);
        around.View.Say($"{job.Migration.Name}: {Reports.Humane.Bytes(tree.Totals.Bytes)} in {Reports.Humane.Count(tree.Totals.Entries, "entry", "entries")}, read in {Reports.Humane.Duration(around.Time.GetElapsedTime(began))}");
        return new Surveyed(job, tree);
    }
}
