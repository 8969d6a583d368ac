using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Runs;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A plan of what changed since the last pass, as the cluster itself tells: it costs as much as there are changes, and nothing else of the tree is looked at.</summary>
internal static class SnapshotDifference
{
    // Of a snapshot by which a difference is told, and nothing is copied.
    private static readonly TimeSpan BriefExpiry = TimeSpan.FromDays(1);

    /// <param name="list">What this pass is to delete.</param>
    /// <returns>The plan, and what is only on the target behind it; null where the whole tree has to be looked at.</returns>
    /// <exception cref="ManifestException">The snapshot that was asked for is not there, or not fit.</exception>
    /// <exception cref="StorageException">The cluster cannot be asked.</exception>
    public static async Task<Planned?> PlanAsync(Job job, PastPasses passes, DeletionList list, Surroundings around, CancellationToken cancellationToken)
    {
        if (job.Migration.Source is not MigrationSource.OnCluster tree || (SyncSince.Parse(job.Request.Since) is SyncSince.LastPass && (tree.Snapshot is not SnapshotChoice.New || passes.View is null))) return null;
        var cluster = await around.Clusters.ToAsync(job.ClusterOf(tree), cancellationToken);
        await ClusterAccess.RequireAsync(cluster, ClusterAccess.ToPlan(tree) | ClusterRights.FindSnapshots, cancellationToken);
        if (await FindStart.RunAsync(cluster, job, tree, passes, around, cancellationToken) is not { } start) return null;
        if (start is ChangeStart.FromViews && await cluster.WhyNotAllowedAsync(ClusterRights.CompareSnapshots, cancellationToken) is { } lacking)
        {
            if (SyncSince.Parse(job.Request.Since) is not SyncSince.LastPass) throw new StorageException(lacking);
            around.View.Say($"{job.Migration.Name}: the whole tree is looked at: {lacking}");
            return null;
        }
        var taken = new List<ClusterSnapshot>();
        try
        {
            var view = tree.Snapshot is SnapshotChoice.New fresh ? await TakeAsync(tree.Path, fresh.Expiry) : null;
            var told = start switch
            {
                ChangeStart.FromViews views => await DifferenceAsync(views, view),
                ChangeStart.FromTimes times => await TouchedAsync(times, view),
                _ => throw new InvalidOperationException($"{start} is no start."),
            };
            if (told is null)
            {
                around.View.Say($"{job.Migration.Name}: something changed that the cluster cannot name, or the directory itself is another: the whole tree is looked at.");
                return null;
            }
            var planned = await ChangesPlan.MakeAsync(job, told, passes, list, around, cancellationToken);
            taken.RemoveAll(one => one.Id == view?.Id);
            return planned;
        }
        finally
        {
            await NewSnapshot.DropAsync(taken, job, tree, around);
        }

        async Task<ClusterSnapshot> TakeAsync(string path, TimeSpan expiry)
        {
            var snapshot = await SurveyCluster.TakeAsync(cluster, job, path, expiry, around, cancellationToken);
            taken.Add(snapshot);
            return snapshot;
        }

        async Task<ToldChanges?> DifferenceAsync(ChangeStart.FromViews views, ClusterSnapshot? view)
        {
            var all = ImmutableArray.CreateBuilder<ClusterChange>();
            ClusterSnapshot? brief = null;
            foreach (var older in views.All)
            {
                // Snapshots are compared with those of the same directory. One that is taken after the view tells of all that led to it.
                var newer = older.Of == tree.Path && view is not null ? view : brief ??= await TakeAsync(older.Of, BriefExpiry);
                if (await cluster.ReadChangesAsync(tree.Path, older.Snapshot, newer, cancellationToken) is not { } changes) return null;
                all.AddRange(changes);
            }
            var before = new List<ITreeSource>();
            foreach (var older in views.All) before.Add(await cluster.OpenAsync(tree.Path, older.Snapshot, cancellationToken));
            return await ToldAsync(views, all.ToImmutable(), view, view ?? brief, [.. before]);
        }

        async Task<ToldChanges?> TouchedAsync(ChangeStart.FromTimes times, ClusterSnapshot? view)
        {
            var names = new NamePatterns(job.Migration.LeaveOut);
            around.View.Say($"{job.Migration.Name}: every directory of {tree.Path} is listed for its change times: a call each, and one more for each thousand entries in it");
            return await cluster.ReadTouchedAsync(tree.Path, view, times.From, path => names.Match(path.Name), cancellationToken) is { } changes ? await ToldAsync(times, changes, view, view, []) : null;
        }

        async Task<ToldChanges> ToldAsync(ChangeStart start, ImmutableArray<ClusterChange> changes, ClusterSnapshot? view, ClusterSnapshot? toldBy, ImmutableArray<ITreeSource> before) => new(
            changes,
            (await cluster.OpenAsync(tree.Path, view, cancellationToken)).Location,
            await cluster.OpenAsync(tree.Path, toldBy, cancellationToken),
            before,
            view,
            new SyncBasis($"{SyncSince.Parse(job.Request.Since)}", start.Words, view is null ? toldBy?.TakenAt : null, start.MayLack));
    }
}
