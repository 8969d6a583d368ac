using System.Text;
using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A mounted directory is crawled, once; it answers from memory afterwards.</summary>
internal static class SurveyDirectory
{
    public static async Task<Surveyed> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        // Where Windows hosts see it is nowhere here.
        var (name, directory) = (job.Migration.Name, job.Migration is { Mover: MoverKind.Robocopy, Source: MigrationSource.Mounted mounted } ? mounted.Path : job.Migration.Mounts.Source);
        around.View.Say($"{name}: reading {directory}");
        var began = around.Time.GetTimestamp();
        var tree = await LocalTree.CrawlAsync(directory, new LocalTreeOptions { LeaveOut = job.Migration.LeaveOut, LeaveOutInAnyCase = job.Migration.Mover == MoverKind.Robocopy }, null, cancellationToken);
        around.View.Say($"{name}: {Humane.Bytes(tree.Totals.Bytes)} in {Humane.Count(tree.Totals.Entries, "entry", "entries")}, read in {Humane.Duration(around.Time.GetElapsedTime(began))}");
        if (OptionClasses.PartialDirectory(job.Migration.Options) is { } partial
            && tree.Root.WithAllBelow().Find(node => node.Name.SequenceEqual(Encoding.UTF8.GetBytes(partial))) is { } clash)
            throw CrawlProblems.LeftOutByRsync(partial, clash.Path());
        return new Surveyed(job, tree);
    }
}
