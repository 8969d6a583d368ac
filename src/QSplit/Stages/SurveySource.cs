using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Opens the source of a migration, whatever it is.</summary>
internal static class SurveySource
{
    /// <exception cref="StorageException">The source cannot be read.</exception>
    public static Task<Surveyed> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken) => job.Migration.Source switch
    {
        MigrationSource.OnCluster tree => SurveyCluster.RunAsync(job, tree, around, cancellationToken),
        _ => SurveyDirectory.RunAsync(job, around, cancellationToken),
    };
}
