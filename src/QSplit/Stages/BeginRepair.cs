using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>A run that copies exactly what the last verification found to differ, and deletes what that found only on the target; one that was interrupted is gone on with.</summary>
internal static class BeginRepair
{
    /// <exception cref="ManifestException">There is no verification to go by, or more would be deleted than the manifest allows.</exception>
    /// <exception cref="StorageException">The hosts, or one of the trees, are not as they should be.</exception>
    public static async Task<RunSession> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        job = job with { Command = $"{job.CommandFor("Verify")} --repair" };
        var store = RunStore.OpenIfThere(job.Folders.Store, around.Time) ?? throw CopiedRun.NothingCopied(job);
        return await RunBeginning.InAsync(store, async () =>
        {
            CutOverTarget.RequireNone(job, job.Command, store);
            var copied = CopiedRun.Of(job, store);
            var verified = VerifiedOf(copied, store);
            var fleet = await CheckHosts.RequireAsync(job, around, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await PlannedTree.RequireSourceAsync(copied, fleet.UsableOf(job), around, cancellationToken);
            await PlannedTree.RequireTargetAsync(copied, store, around, cancellationToken);
            var planned = Interrupted(verified, copied, store) is { } earlier ? Resumed(earlier, copied, store, around) : await BegunAsync(verified, copied, store, around, cancellationToken);
            return RunBeginning.SessionOf(planned, fleet, store, around);
        });
    }

    private static RunState VerifiedOf(Planned copied, RunStore store)
    {
        var job = copied.Job;
        var last = store.RunsOf(job.Migration.Name, RunMode.Verify) is [var id, ..] ? store.Load(id)! : null;
        if (last is null || last.Started.Of != copied.Run || !last.IsFinished)
            throw new ManifestException($"--repair copies what a verification found, and run {copied.Run} of migration {job.Migration.Name} has none that is finished. First: {job.CommandFor("Verify")}");
        if (last.Checked.IsClean) throw new ManifestException($"Verification {last.Id} found no difference: there is nothing to repair.");
        if (store.RunsOf(job.Migration.Name, RunMode.Repair) is [var repair, ..] && store.Load(repair)! is { IsFinished: true, Exceptions.IsEmpty: true, Started.Of: var of } && of == last.Id)
            throw new ManifestException($"What verification {last.Id} found was repaired by run {repair}. To see whether all is alike now: {job.CommandFor("Verify")}");
        return last;
    }

    // Entries that it could not copy are tried again.
    private static RunState? Interrupted(RunState verified, Planned copied, RunStore store) =>
        store.RunsOf(copied.Job.Migration.Name, RunMode.Repair) is [var id, ..] && store.Load(id)! is var run && run.Started.Of == verified.Id && !(run.IsFinished && run.Exceptions.IsEmpty) ? run : null;

    private static Planned Resumed(RunState run, Planned copied, RunStore store, Surroundings around)
    {
        RunBeginning.GoOn(run, "repair", copied.Job, store, around);
        return EntriesPlan.Again(copied, run);
    }

    private static async Task<Planned> BegunAsync(RunState verified, Planned copied, RunStore store, Surroundings around, CancellationToken cancellationToken)
    {
        var job = copied.Job;
        var differences = new CheckFolder(job.Folders.OfRun(verified.Id)).Read().ToList();
        var deletions = Repairs.DeletionsOf(differences) with { Migration = job.Migration.Name, Run = verified.Id };
        DeletionRules.RequireFew(deletions, job.Migration, copied.Plan);
        var hasLinks = differences.Any(difference => difference.Kind == DifferenceKind.HardLink);
        var planned = await EntriesPlan.MakeAsync(copied, Repairs.ChangesOf(differences), deletions, hasLinks, around, cancellationToken);
        around.View.Say(
            $"{job.Migration.Name}: repairing what verification {verified.Id} found: {Humane.Count(planned.Plan.Buckets.Sum(bucket => bucket.Items.Length), "entry", "entries")} to copy, {Humane.Count(deletions.Entries, "entry", "entries")} to delete.");
        store.Append(planned.Run, RunBeginning.Of(planned, RunMode.Repair) with { Of = verified.Id });
        return planned;
    }
}
