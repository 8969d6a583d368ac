using System.Globalization;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A cluster is asked for the totals of few directories, when the plan needs them; here it is signed in to, and frozen where the manifest says so.</summary>
internal static class SurveyCluster
{
    public static async Task<Surveyed> RunAsync(Job job, MigrationSource.OnCluster tree, Surroundings around, CancellationToken cancellationToken)
    {
        // Said first: a cluster that does not answer is waited for.
        around.View.Say($"{job.Migration.Name}: asking cluster {tree.Name} about {tree.Path}");
        var cluster = await around.Clusters.ToAsync(job.ClusterOf(tree), cancellationToken);
        await ClusterAccess.RequireAsync(cluster, ClusterAccess.ToPlan(tree), cancellationToken);
        if (await ClusterAccess.WhyNoDifferencesAsync(cluster, tree, cancellationToken) is { } slow) around.View.Say($"{job.Migration.Name}: {slow}");
        var snapshot = await SnapshotAsync(cluster, job, tree, around, cancellationToken);
        return await NewSnapshot.OrDropAsync(job, snapshot, around, async () =>
        {
            var source = await cluster.OpenAsync(tree.Path, snapshot, cancellationToken);
            if (snapshot is not null) around.View.Say($"{job.Migration.Name}: as snapshot {snapshot.Directory} has it");
            // The next stage would not begin, and could not delete the snapshot.
            cancellationToken.ThrowIfCancellationRequested();
            return new Surveyed(job, new LeavingOut(source, job.Migration.LeaveOut, job.Migration.Mover == MoverKind.Robocopy)
            {
                Refused = OptionClasses.PartialDirectory(job.Migration.Options),
            }, snapshot);
        });
    }

    private static async Task<ClusterSnapshot?> SnapshotAsync(
        ICluster cluster, Job job, MigrationSource.OnCluster tree, Surroundings around, CancellationToken cancellationToken) => tree.Snapshot switch
        {
            // What was reviewed is what was frozen for it.
            _ when job.Reviewed is { Plan.Snapshot: { } planned } => await cluster.FindSnapshotAsync(planned.Id, tree.Path, cancellationToken),
            SnapshotChoice.Existing existing => await cluster.FindSnapshotAsync(existing.Id, tree.Path, cancellationToken),
            SnapshotChoice.New fresh => await TakeAsync(cluster, job, tree.Path, fresh.Expiry, around, cancellationToken),
            _ => null,
        };

    /// <summary>Freezes a directory for a migration.</summary>
    public static Task<ClusterSnapshot> TakeAsync(ICluster cluster, Job job, string path, TimeSpan expiry, Surroundings around, CancellationToken cancellationToken) =>
        cluster.TakeSnapshotAsync(path, NameOf(job.Migration.Name, around.Time.GetUtcNow(), expiry), expiry, cancellationToken);

    // Who finds it in a list of snapshots sees whose it is, what for, and when it goes by itself.
    private static string NameOf(string migration, DateTimeOffset now, TimeSpan expiry) =>
        string.Create(CultureInfo.InvariantCulture, $"qsplit_{migration}_{now:yyyyMMddHHmmss}_until_{now + expiry:yyyyMMdd}");
}
