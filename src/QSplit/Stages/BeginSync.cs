using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Stages;

/// <summary>A pass over the whole tree after the first: a new plan, what changed is copied, what is only on the target is found; one that was interrupted is gone on with.</summary>
internal static class BeginSync
{
    /// <exception cref="ManifestException">There is no baseline, or it is not finished; or more would be deleted than the manifest allows.</exception>
    /// <exception cref="StorageException">The hosts, or one of the trees, are not as they should be.</exception>
    public static async Task<RunSession> RunAsync(Job job, Stage<Job, Planned> plan, Surroundings around, CancellationToken cancellationToken)
    {
        job = job.By("Sync");
        if (job.Migration.Mover == MoverKind.Robocopy) throw new ManifestException($"Migration {job.Migration.Name} has 'mover: robocopy'. What changed since is copied by a new run of it: {job.CommandFor("Migrate")} --fresh");
        var list = job.Request.DeletesFile is { } file ? DeletionRules.Reviewed(file, job, around) : DeletionList.Nothing;
        var store = RunStore.OpenIfThere(job.Folders.Store, around.Time) ?? throw PastPasses.NoBaseline(job);
        return await RunBeginning.InAsync(store, async () =>
        {
            CutOverTarget.RequireNone(job, job.Command, store);
            var interrupted = Interrupted(job, store);
            RequireSameSince(interrupted, job);
            var passes = PastPasses.Of(job, interrupted, store);
            var last = passes.Last;
            if (interrupted is not null && list.Entries != interrupted.Started.Deletions)
                throw new ManifestException($"Sync {interrupted.Id} is not finished, and deletes {Humane.Count(interrupted.Started.Deletions, "entry", "entries")}: go on with it first: {job.CommandOf(interrupted)}, or start over with --fresh.");
            DeletionRules.RequireFew(list, job.Migration, last.Whole ?? last.Plan);
            var fleet = await CheckHosts.RequireAsync(job, around, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var hosts = fleet.UsableOf(job).ToList();
            if (!job.Request.AcceptDrift) await RequireSameTreeAsync(last, hosts, around, cancellationToken);
            await PlannedTree.RequireTargetAsync(last, store, around, cancellationToken);
            var planned = interrupted is not null ? Resumed(interrupted, job, last, store, around) : await BegunAsync(job, plan, passes, list, fleet, store, around, cancellationToken);
            // Its snapshot stays: a host that does not see it now may see it at the next try.
            if (interrupted is not null) await PlannedTree.RequireSourceAsync(planned, hosts, around, cancellationToken);
            return RunBeginning.SessionOf(planned with { Before = last.Whole ?? last.Plan, Superseded = passes.SupersededBy(planned.Basis ?? WholeTree(job)) }, fleet, store, around);
        });
    }

    // Its frozen view may have gone; what counts is that the same tree is mounted.
    private static async Task RequireSameTreeAsync(Planned last, IReadOnlyList<Host> hosts, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            await PlannedTree.RequireSourceAsync(last with { Plan = last.Plan with { Snapshot = null } }, hosts, around, cancellationToken);
        }
        catch (StorageException e)
        {
            throw new StorageException($"{e.Message} If it is the same tree, and so much of it has changed: --accept-drift", e);
        }
    }

    // A retry of some exceptions is no beginning of a sync of what changed.
    private static RunState? Interrupted(Job job, RunStore store) => LastUnfinished(job, store) is not { } run ? null
        : run.Started.Basis is { Retry.Length: > 0 } && run.Started.Basis.Asked != RetryExceptions.AskedBy(job.Request) ? null : run;

    private static RunState? LastUnfinished(Job job, RunStore store) =>
        !job.Fresh && store.PassesOf(job.Migration.Name) is [var id, ..] && store.Load(id)! is { IsFinished: false, Started.Mode: RunMode.Sync } run && run.Started.Terms.DifferencesTo(job.Terms).Count == 0
        // What was begun before the source was frozen is no last pass.
        && (job.Cutover is null || run.Started.Cutover == job.Cutover) ? run : null;

    // What it goes by was settled when it began.
    private static void RequireSameSince(RunState? interrupted, Job job)
    {
        if (interrupted is not null && RetryExceptions.AskedBy(job.Request) is { } retry && interrupted.Started.Basis?.Asked != retry)
            throw new ManifestException($"Sync {interrupted.Id} is not finished, and tries all exceptions again: go on with it first, without --retry: {job.Command}");
        if (interrupted is null || job.Request.Since is null) return;
        var (began, asked) = (interrupted.Started.Basis?.Asked ?? "last", $"{SyncSince.Parse(job.Request.Since)}");
        if (began != asked) throw new ManifestException($"Sync {interrupted.Id} is not finished, and goes by --since={began}, not {asked}: go on with it first, without --since, or start over with --fresh.");
    }

    private static SyncBasis WholeTree(Job job) => new($"{SyncSince.Parse(job.Request.Since)}", "");

    private static Planned Resumed(RunState run, Job job, Planned last, RunStore store, Surroundings around)
    {
        var folder = job.Folders.OfRun(run.Id);
        RunBeginning.GoOn(run, "sync", job, store, around);
        if (run.Started.Basis is { Words: { Length: > 0 } since }) around.View.Say($"{job.Migration.Name}: it goes by what changed since {since}");
        var plan = PlanFile.Read(folder);
        var resumed = new Planned(job, plan, run.Id)
        {
            Basis = run.Started.Basis,
            Deletions = run.Started.Deletions == 0 ? DeletionList.Nothing : DeletionFile.Read(folder, DeletionFile.Reviewed),
        };
        if (plan.Scope == PlanScope.Whole) return resumed;
        var foreseen = DeletionFile.Read(folder, DeletionFile.Foreseen);
        return resumed with { Whole = last.Whole ?? last.Plan, Foreseen = foreseen, Present = PresentEntries.After(last.Present, plan, [.. foreseen.Items, .. resumed.Deletions.Items]) };
    }

    private static async Task<Planned> BegunAsync(
        Job job, Stage<Job, Planned> plan, PastPasses passes, DeletionList list, CheckedFleet fleet, RunStore store, Surroundings around,
        CancellationToken cancellationToken)
    {
        var last = passes.Last;
        if (RetryExceptions.AskedBy(job.Request) is not null)
        {
            // The frozen view of a retry is that of the pass before it, and stays.
            var (retry, kept) = await RetryExceptions.PlanAsync(job, passes, around, cancellationToken);
            return await RecordedAsync(retry, kept);
        }
        var planned = await SnapshotDifference.PlanAsync(job, passes, list, around, cancellationToken)
            ?? await (job.WithMounts(fleet.Findings) | plan).RunAsync(cancellationToken);
        return await NewSnapshot.OrDropAsync(planned, around, () => RecordedAsync(planned, []));

        async Task<Planned> RecordedAsync(Planned planned, ImmutableArray<FailedEntry> kept)
        {
            var shrunk = planned.Foreseen is { } foreseen ? foreseen.Withheld : DeletionRules.WhyNone(job.Migration, last.Whole ?? last.Plan, planned.Plan);
            if (planned is { Foreseen: null, Plan.Scope: not PlanScope.Changes } && !job.Request.AcceptDrift
                && DeletionRules.WhyUnmounted(job.Migration, last.Whole ?? last.Plan, planned.Plan) is { } unmounted) throw new StorageException(unmounted);
            if (list.Entries > 0 && shrunk is { } why) throw new ManifestException($"{why} Nothing was begun.");
            await PlannedTree.RequireSourceAsync(planned, fleet.UsableOf(job), around, cancellationToken);
            foreach (var note in PlanNotes.Lines(planned.Plan)) around.View.Say($"{job.Migration.Name}: {note}");
            TargetLimits.Require(planned, fleet, isFirst: false, around);
            if (list.Entries > 0) DeletionFile.Write(planned.Folder, list, DeletionFile.Reviewed);
            if (planned.Foreseen is not null) DeletionFile.Write(planned.Folder, planned.Foreseen, DeletionFile.Foreseen);
            var begun = planned with { Deletions = list };
            store.Append(begun.Run, RunBeginning.Of(begun, RunMode.Sync) with { Of = last.Run, Basis = begun.Basis ?? WholeTree(job), Kept = kept });
            return begun;
        }
    }
}
