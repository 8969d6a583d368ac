using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A plan of what changed since the last pass, as the cluster itself tells: it costs as much as there are changes, and nothing else of the tree is looked at.</summary>
internal static class SnapshotDifference
{
    private const int AtOnce = 16;

    /// <summary>How many changed files are measured; more are taken to be of the mean size.</summary>
    private const int MostMeasured = 20_000;

    /// <param name="last">The last pass, as it was planned.</param>
    /// <param name="list">What this pass is to delete.</param>
    /// <returns>The plan, and what is only on the target behind it; null where the whole tree has to be looked at.</returns>
    /// <exception cref="StorageException">The cluster cannot be asked.</exception>
    public static async Task<Planned?> PlanAsync(Job job, Planned last, DeletionList list, Surroundings around, CancellationToken cancellationToken)
    {
        if (job.Migration.Source is not MigrationSource.OnCluster { Snapshot: SnapshotChoice.New fresh } tree || last.Plan.Snapshot is not { } older) return null;
        var cluster = await around.Clusters.ToAsync(job.ClusterOf(tree), cancellationToken);
        if (!await IsThereAsync(cluster, older, job, tree, around, cancellationToken)) return null;
        var newer = await SurveyCluster.TakeAsync(cluster, job, tree, fresh, around, cancellationToken);
        try
        {
            return await PlanAsync(new(cluster, tree.Path, older, newer), job, last, list, around, cancellationToken);
        }
        catch
        {
            await NewSnapshot.LetGoAsync(last with { Plan = last.Plan with { Snapshot = newer } }, around);
            throw;
        }
    }

    private static async Task<Planned?> PlanAsync(Views views, Job job, Planned last, DeletionList list, Surroundings around, CancellationToken cancellationToken)
    {
        if (await views.Cluster.ReadChangesAsync(views.Path, views.Older, views.Newer, cancellationToken) is not { } changes)
        {
            await views.Cluster.DropSnapshotAsync(views.Newer, CancellationToken.None);
            around.View.Say($"{job.Migration.Name}: something changed whose name the cluster cannot say: the whole tree is looked at.");
            return null;
        }
        var names = new NamePatterns(job.Migration.LeaveOut);
        var (copied, gone) = ChangeRules.Of(changes, path => names.Match(path.Name));
        around.View.Say($"{job.Migration.Name}: {Humane.Count(copied.Length, "entry", "entries")} changed and {Humane.Count(gone.Length, "entry", "entries")} went since {views.Older.Directory}, as {views.Newer.Directory} has it");
        var now = await views.Cluster.OpenAsync(views.Path, views.Newer, cancellationToken);
        var before = await views.Cluster.OpenAsync(views.Path, views.Older, cancellationToken);
        var entries = (await MeasuredAsync(copied, now, cancellationToken)).Concat(ChangeRules.Beside(list, copied)).ToList();
        var deletions = await CountedAsync(gone, before, cancellationToken);
        var at = around.Time.GetUtcNow();
        var source = new ChangedTree(now.Location, entries, new LeavingOut(now, job.Migration.LeaveOut));
        var plan = await Planner.PlanAsync(source, new(job.Migration.Name, at, CostHistory.Of(job, around), (job.Migration.Buckets as Buckets.Fixed)?.Number, job.HostsListed ? job.Slots.Length : 0), cancellationToken);
        plan = plan with { Scope = PlanScope.Changes, Snapshot = views.Newer, Terms = job.PlanTerms };
        var id = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(at));
        var planned = new Planned(job, PlanFile.Write(job.Folders.OfRun(id), plan), id) { Whole = last.Whole ?? last.Plan };
        WritePlan.Run(planned, around);
        var withheld = DeletionRules.WhyNone(job.Migration, (await before.ReadAsync(EntryPath.Root, cancellationToken)).Totals, (await now.ReadAsync(EntryPath.Root, cancellationToken)).Totals);
        var pending = ChangeRules.Pending(Known(last), list, deletions, copied.ToDictionary(change => change.Path, change => change.What));
        return planned with { Foreseen = pending with { Migration = job.Migration.Name, Run = id, Withheld = withheld } };
    }

    private static async Task<bool> IsThereAsync(ICluster cluster, ClusterSnapshot older, Job job, MigrationSource.OnCluster tree, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.FindSnapshotAsync(older.Id, tree.Path, cancellationToken);
            return true;
        }
        catch (StorageException e)
        {
            around.View.Say($"{job.Migration.Name}: the frozen view of the last pass is gone, so the whole tree is looked at: {e.Message}");
            return false;
        }
    }

    // What the pass before found, told or not; a baseline looks for nothing.
    private static DeletionList Known(Planned last) =>
        new[] { DeletionFile.Name, DeletionFile.Foreseen }.FirstOrDefault(name => File.Exists(Path.Combine(last.Folder, name))) is { } name ? DeletionFile.Read(last.Folder, name) with { Withheld = null } : DeletionList.Nothing;

    private static async Task<IReadOnlyCollection<ChangedEntry>> MeasuredAsync(ImmutableArray<(EntryPath Path, ChangedPart What)> copied, ITreeSource now, CancellationToken cancellationToken)
    {
        var measured = new ConcurrentDictionary<EntryPath, Totals>();
        var files = copied.Where(change => change.What == ChangedPart.Entry).Select(change => change.Path).ToList();
        await Parallel.ForEachAsync(
            copied.Where(change => change.What == ChangedPart.Whole).Select(change => (change.Path, IsDirectory: true)).Concat(files.Take(MostMeasured).Select(path => (Path: path, IsDirectory: false))),
            Options(cancellationToken),
            async (entry, token) => measured[entry.Path] = entry.IsDirectory ? (await now.ReadAsync(entry.Path, token)).Totals : await now.MeasureAsync(entry.Path, token));
        var known = files.Take(MostMeasured).Select(path => measured[path]).ToList();
        var mean = known.Count == 0 ? new Totals(0, 0, 1) : new Totals((long)known.Average(totals => totals.Bytes), (long)known.Average(totals => totals.LogicalBytes), 1);
        return [.. copied.Select(change => new ChangedEntry(change.Path, change.What, change.What == ChangedPart.Attributes ? Totals.Zero : measured.GetValueOrDefault(change.Path, mean)))];
    }

    private static async Task<IReadOnlyCollection<Deletion>> CountedAsync(ImmutableArray<(EntryPath Path, bool IsDirectory)> gone, ITreeSource before, CancellationToken cancellationToken)
    {
        var counted = new ConcurrentBag<Deletion>();
        await Parallel.ForEachAsync(gone, Options(cancellationToken), async (entry, token) =>
            counted.Add(new(entry.Path, entry.IsDirectory, entry.IsDirectory ? Math.Max(1, (await before.ReadAsync(entry.Path, token)).Totals.Entries) : 1)));
        return counted;
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    private sealed record Views(ICluster Cluster, string Path, ClusterSnapshot Older, ClusterSnapshot Newer);
}
