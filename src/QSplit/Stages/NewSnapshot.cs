using QSplit.Clusters;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>A snapshot that was taken for a plan is kept for weeks: one that nothing will come of is let go.</summary>
internal static class NewSnapshot
{
    /// <summary>Every one of <paramref name="hosts"/> must see the planned tree; a snapshot that no host can copy from would be one more for each try.</summary>
    /// <exception cref="StorageException">One does not: with the reason, and what to do.</exception>
    public static async Task RequireSourceAsync(Planned planned, IEnumerable<Host> hosts, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            await PlannedTree.RequireSourceAsync(planned, hosts, around, cancellationToken);
        }
        catch (StorageException)
        {
            await LetGoAsync(planned, around);
            throw;
        }
    }

    /// <summary>Lets go of the snapshot that was taken for this plan; one that was there before, or was taken for a plan that was reviewed, stays.</summary>
    public static async Task LetGoAsync(Planned planned, Surroundings around)
    {
        if (planned is not { Plan.Snapshot: { } snapshot, Job: { Reviewed: null, Migration.Source: MigrationSource.OnCluster { Snapshot: SnapshotChoice.New } tree } job }) return;
        await DropAsync([snapshot], job, tree, around);
    }

    /// <summary>Lets go of snapshots that were taken for a migration.</summary>
    public static async Task DropAsync(IEnumerable<ClusterSnapshot> snapshots, Job job, MigrationSource.OnCluster tree, Surroundings around)
    {
        foreach (var snapshot in snapshots)
        {
            try
            {
                var cluster = await around.Clusters.ToAsync(job.ClusterOf(tree), CancellationToken.None);
                await cluster.DropSnapshotAsync(snapshot, CancellationToken.None);
            }
            catch (StorageException e)
            {
                // That it stays is worth a line, and is not why nothing was begun.
                around.View.Say($"{job.Migration.Name}: snapshot {snapshot.Directory} stays until it expires: {e.Message}");
            }
        }
    }
}
