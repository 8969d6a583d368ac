using QSplit.Clusters;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>A snapshot that was taken for a plan is kept for weeks: one of which nothing comes is deleted.</summary>
internal static class NewSnapshot
{
    // The user may be waiting for the program to end.
    private static readonly TimeSpan LongestDrop = TimeSpan.FromMinutes(2);

    /// <summary>Does what has to be done with a new plan before there is a run of it. If that fails or is interrupted, the snapshot of the plan is deleted.</summary>
    public static Task<T> OrDropAsync<T>(Planned planned, Surroundings around, Func<Task<T>> next) => OrDropAsync(planned.Job, planned.Plan.Snapshot, around, next);

    /// <param name="snapshot">Taken for the job, or there before; null where there is none.</param>
    /// <inheritdoc cref="OrDropAsync{T}(Planned, Surroundings, Func{Task{T}})"/>
    public static async Task<T> OrDropAsync<T>(Job job, ClusterSnapshot? snapshot, Surroundings around, Func<Task<T>> next)
    {
        try
        {
            return await next();
        }
        catch
        {
            await DropAsync(job, snapshot, around);
            throw;
        }
    }

    /// <summary>Deletes the snapshot that was taken for this plan; one that was there before, or was taken for a plan that was reviewed, stays.</summary>
    public static Task DropAsync(Planned planned, Surroundings around) => DropAsync(planned.Job, planned.Plan.Snapshot, around);

    /// <summary>Deletes snapshots that were taken for a migration. Of one that stays, the user gets a line: it is not why a run failed.</summary>
    public static async Task DropAsync(IEnumerable<ClusterSnapshot> snapshots, Job job, MigrationSource.OnCluster tree, Surroundings around)
    {
        var manifest = job.ClusterOf(tree);
        foreach (var snapshot in snapshots)
        {
            // Not by the token of the run, which may have been cancelled.
            using var limit = new CancellationTokenSource(LongestDrop, around.Time);
            try
            {
                var cluster = await around.Clusters.ToAsync(manifest, limit.Token);
                await cluster.DropSnapshotAsync(snapshot, limit.Token);
            }
            catch (Exception e) when (e is StorageException or OperationCanceledException)
            {
                var why = e is StorageException ? e.Message : $"the cluster did not answer for {LongestDrop.TotalMinutes:0} minutes.";
                var until = snapshot.Expires is { } expires ? $"until {expires:yyyy-MM-dd HH:mm} UTC" : "for good";
                around.View.Say(
                    $"{job.Migration.Name}: snapshot {snapshot.Directory} was not deleted and stays {until}: {why} " +
                    $"To delete it: {manifest.CommandLine} snapshot_delete_snapshot --id {snapshot.Id}");
            }
        }
    }

    private static async Task DropAsync(Job job, ClusterSnapshot? snapshot, Surroundings around)
    {
        if (snapshot is not null && job is { Reviewed: null, Migration.Source: MigrationSource.OnCluster { Snapshot: SnapshotChoice.New } tree })
            await DropAsync([snapshot], job, tree, around);
    }
}
