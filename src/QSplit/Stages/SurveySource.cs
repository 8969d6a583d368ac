using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Opens the source of a migration, whatever it is.</summary>
internal static class SurveySource
{
    /// <exception cref="StorageException">The source cannot be read.</exception>
    public static async Task<Surveyed> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        var surveyed = await AskAsync(job, around, cancellationToken);
        return job.Migration.Mover == MoverKind.Robocopy ? surveyed with { Source = new WindowsTree(surveyed.Source, LongestMount(job)) } : surveyed;
    }

    private static Task<Surveyed> AskAsync(Job job, Surroundings around, CancellationToken cancellationToken) => job.Migration.Source switch
    {
        MigrationSource.OnCluster tree => SurveyCluster.RunAsync(job, tree, around, cancellationToken),
        _ => SurveyDirectory.RunAsync(job, around, cancellationToken),
    };

    private static int LongestMount(Job job) => job.Hosts.Select(host => job.Migration.Mounts.On(host.Name)).Max(on => Math.Max(on.Source.Length, on.Target.Length));
}
