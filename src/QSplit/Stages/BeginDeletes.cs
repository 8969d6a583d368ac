using QSplit.Deletions;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>A run that deletes what the last pass found only on the target, and copies what that was in the way of; one that was interrupted is gone on with.</summary>
internal static class BeginDeletes
{
    /// <param name="listOf">What is to be deleted.</param>
    /// <exception cref="Manifests.ManifestException">More would be deleted than the manifest allows.</exception>
    /// <exception cref="StorageException">The hosts, or one of the trees, are not as they should be.</exception>
    public static async Task<RunSession> RunAsync(Job job, Func<DeletionList> listOf, Surroundings around, CancellationToken cancellationToken)
    {
        job = job.By("Cutover");
        var store = RunStore.OpenIfThere(job.Folders.Store, around.Time) ?? throw CopiedRun.NothingCopied(job);
        return await RunBeginning.InAsync(store, async () =>
        {
            var copied = CopiedRun.Of(job, store);
            var list = listOf();
            // Of one that is gone on with, too: the limit may have been lowered because of what it does.
            DeletionRules.RequireFew(list, job.Migration, copied.Plan);
            var fleet = await CheckHosts.RequireAsync(job, around, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await PlannedTree.RequireSourceAsync(copied, fleet.UsableOf(job), around, cancellationToken);
            await PlannedTree.RequireTargetAsync(copied, store, around, cancellationToken);
            var planned = Interrupted(copied, store) is { } interrupted ? Resumed(interrupted, copied, store, around) : await BegunAsync(list, copied, store, around, cancellationToken);
            return RunBeginning.SessionOf(planned, fleet, store, around);
        });
    }

    private static RunState? Interrupted(Planned copied, RunStore store) =>
        store.RunsOf(copied.Job.Migration.Name, RunMode.Delete) is [var id, ..] && store.Load(id)! is { IsFinished: false } run && run.Started.Of == copied.Run && run.Started.Cutover == copied.Job.Cutover ? run : null;

    private static Planned Resumed(RunState run, Planned copied, RunStore store, Surroundings around)
    {
        RunBeginning.GoOn(run, "deletes", copied.Job, store, around);
        return EntriesPlan.Again(copied, run);
    }

    private static async Task<Planned> BegunAsync(DeletionList list, Planned copied, RunStore store, Surroundings around, CancellationToken cancellationToken)
    {
        var planned = await EntriesPlan.MakeAsync(copied, ChangeRules.Beside(list, []), list, isWhole: false, around, cancellationToken);
        around.View.Say($"{copied.Job.Migration.Name}: deleting {Humane.Count(list.Entries, "entry", "entries")} that {(list.Entries == 1 ? "is" : "are")} only on the target, as run {copied.Run} found");
        store.Append(planned.Run, RunBeginning.Of(planned, RunMode.Delete) with { Of = copied.Run });
        return planned;
    }
}
