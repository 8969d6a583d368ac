using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Finds the snapshot that a sync is to go by: that of the last pass, or the one that was asked for.</summary>
internal static class FindStart
{
    /// <returns>Null where the whole tree has to be looked at.</returns>
    /// <exception cref="ManifestException">There is none, or it cannot tell of all changes and nobody accepts that.</exception>
    /// <exception cref="StorageException">The cluster cannot be asked.</exception>
    public static async Task<ChangeStart?> RunAsync(ICluster cluster, Job job, MigrationSource.OnCluster tree, PastPasses passes, Surroundings around, CancellationToken cancellationToken)
    {
        var since = SyncSince.Parse(job.Request.Since);
        if (since is SyncSince.LastPass) return passes.View is { } view && await IsThereAsync(cluster, view, job, tree, around, cancellationToken) ? new ChangeStart.FromViews([new(view, tree.Path)], IsLate: false) : null;
        var start = StartOf(since, job, tree, passes, await cluster.ListSnapshotsAsync(tree.Path, cancellationToken));
        if (SinceText.Lacks(start, passes.AsOf) is { } lacks) around.View.Say($"{job.Migration.Name}: {lacks}");
        return start;
    }

    private static ChangeStart StartOf(SyncSince since, Job job, MigrationSource.OnCluster tree, PastPasses passes, ImmutableArray<HeldSnapshot> held)
    {
        var accepted = job.Request.AcceptIncomplete;
        var found = since switch
        {
            SyncSince.OfSnapshot(var id) => held.FirstOrDefault(one => one.Snapshot.Id == id) ?? throw SinceText.NotThere(job, tree, id, held),
            SyncSince.OfMoment moment => held.FirstOrDefault(one => one.Snapshot.TakenAt <= moment.At) ?? (accepted ? null : throw SinceText.NoneBefore(job, tree, moment, held)),
            _ => null,
        };
        if (found is null) return new ChangeStart.FromTimes(((SyncSince.OfMoment)since).At);
        if (found.Snapshot.TakenAt > passes.AsOf) return accepted ? new ChangeStart.FromViews([found], IsLate: true) : throw SinceText.TooLate(job, found, passes.AsOf, held);
        return new ChangeStart.FromViews([found, .. held.Where(one => one.Snapshot.Id == passes.View?.Id && one.Snapshot.Id != found.Snapshot.Id)], IsLate: false);
    }

    private static async Task<bool> IsThereAsync(ICluster cluster, ClusterSnapshot view, Job job, MigrationSource.OnCluster tree, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.FindSnapshotAsync(view.Id, tree.Path, cancellationToken);
            return true;
        }
        catch (StorageException e)
        {
            around.View.Say($"{job.Migration.Name}: the frozen view of the last pass is gone, so the whole tree is looked at: {e.Message}");
            return false;
        }
    }
}
