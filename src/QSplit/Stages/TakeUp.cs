using QSplit.Clusters;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Goes on with the last run of a migration if there is one to go on with; makes a new plan and a new run otherwise.</summary>
internal static class TakeUp
{
    public static async Task<RunSession> RunAsync(Job job, Stage<Job, Planned> plan, Surroundings around, CancellationToken cancellationToken)
    {
        await CheckHosts.RequireAsync(job, around, cancellationToken);
        var store = RunStore.Open(job.Folders.Store, around.Time);
        try
        {
            return Earlier(job, store, around) ?? await NewAsync(job, plan, store, around, cancellationToken);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static RunSession? Earlier(Job job, RunStore store, Surroundings around)
    {
        if (job.Fresh || store.RunsOf(job.Migration.Name) is not [var id, ..]) return null;
        var run = store.Load(id)!;
        var differences = run.Started.Terms.DifferencesTo(job.Terms);
        if (run.IsFinished && differences.Count > 0) return null;
        if (differences.Count > 0)
            throw new ManifestException(
                $"Run {id} of migration {job.Migration.Name} is not finished and was begun with other terms: {string.Join("; ", differences)}. Put them back to go on with it, or start over with --fresh.");
        var planned = new Planned(job, PlanFile.Read(job.Folders.OfRun(id)), id);
        if (run.IsFinished)
        {
            RequireTarget(planned);
            return new RunSession(planned, run, store, around);
        }
        RequireFrozenView(planned);
        store.Append(id, new RunEvent.Resumed(around.Controller));
        around.View.Say($"{job.Migration.Name}: going on with run {id}: {run.DoneBuckets.Count()} of {run.Buckets.Count} buckets are done.");
        return new RunSession(planned, store.Load(id)!, store, around);
    }

    private static async Task<RunSession> NewAsync(
        Job job, Stage<Job, Planned> plan, RunStore store, Surroundings around, CancellationToken cancellationToken)
    {
        var planned = await (job | plan).RunAsync(cancellationToken);
        await RequireNewFrozenViewAsync(planned, around);
        foreach (var note in PlanNotes.Lines(planned.Plan)) around.View.Say($"{job.Migration.Name}: {note}");
        store.Append(planned.Run, new RunEvent.Started(job.Migration.Name, planned.Run, job.Terms, planned.Plan.Buckets.Length, Guid.NewGuid().ToString("N")[..12]));
        return new RunSession(planned, store.Load(planned.Run)!, store, around);
    }

    // "All is done" would be a lie about a target that has gone away.
    private static void RequireTarget(Planned planned)
    {
        var target = planned.Job.Migration.Mounts.Target;
        var witnesses = Witnesses.Of(planned.Plan);
        if (witnesses.Count(path => !LocalEntries.Exists(target, path)) is var missing && Witnesses.WhyNotTheTree(target, witnesses, $"{witnesses.Length} {missing} 1") is { } why)
            throw new StorageException($"Run {planned.Run} is finished, but {why} If the target was emptied on purpose, copy anew: {planned.Job.Command} --fresh");
    }

    // A snapshot that no host can copy from would be kept for weeks, and one more for each try.
    private static async Task RequireNewFrozenViewAsync(Planned planned, Surroundings around)
    {
        try
        {
            RequireFrozenView(planned);
        }
        catch (StorageException) when (planned is { Plan.Snapshot: { } snapshot, Job.Migration.Source: MigrationSource.OnCluster { Snapshot: SnapshotChoice.New } tree })
        {
            await LetGoAsync(snapshot, planned.Job, tree, around);
            throw;
        }
    }

    // That it stays is worth a line, and is not why nothing was begun.
    private static async Task LetGoAsync(ClusterSnapshot snapshot, Job job, MigrationSource.OnCluster tree, Surroundings around)
    {
        try
        {
            var cluster = await around.Clusters.ToAsync(job.ClusterOf(tree), CancellationToken.None);
            await cluster.DropSnapshotAsync(snapshot, CancellationToken.None);
        }
        catch (StorageException e)
        {
            around.View.Say($"{job.Migration.Name}: snapshot {snapshot.Directory} stays until it expires: {e.Message}");
        }
    }

    private static void RequireFrozenView(Planned planned)
    {
        if (planned.Plan.Snapshot is not { } snapshot || Directory.Exists(planned.SourceRoot)) return;
        throw new StorageException(
            $"Snapshot {snapshot.Id} was planned, but there is no {planned.SourceRoot}. Is {planned.Job.Migration.Mounts.Source} the planned directory, and does the mount let .snapshot be entered? " +
            $"{(snapshot.Expires is { } expires ? $"The snapshot expires at {expires:yyyy-MM-dd HH:mm} UTC. " : "")}If it is gone, plan anew: {planned.Job.Command} --fresh");
    }
}
