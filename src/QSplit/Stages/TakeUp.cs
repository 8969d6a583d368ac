using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Goes on with the last run of a migration if there is one to go on with; makes a new plan and a new run otherwise.</summary>
internal static class TakeUp
{
    private static readonly CheckedFleet Unasked = new(new FleetFinding([]), _ => throw new InvalidOperationException("The hosts of a finished run are not asked."));

    public static async Task<RunSession> RunAsync(Job job, Stage<Job, Planned> plan, Surroundings around, CancellationToken cancellationToken)
    {
        var store = RunStore.Open(job.Folders.Store, around.Time);
        return await RunBeginning.InAsync(store, async () =>
        {
            var earlier = Earlier(job, store);
            // Named entries that could not be copied are tried again, as long as no later pass has done that.
            if (earlier is var (finished, last) && last.IsFinished && (last.Exceptions.IsEmpty || store.PassesOf(job.Migration.Name)[0] != last.Id))
            {
                await PlannedTree.RequireTargetAsync(finished, store, around, cancellationToken);
                var later = store.PassesOf(job.Migration.Name)[0];
                return new RunSession(finished, last, Unasked, store, around) { LeftByLater = later == last.Id ? null : store.Load(later)!.Exceptions };
            }
            if (earlier is null) CutOverTarget.RequireNone(job, job.Command, store);
            var fleet = await CheckHosts.RequireAsync(job, around, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return earlier is var (planned, run)
                ? await ResumedAsync(planned, run, fleet, store, around, cancellationToken)
                : await NewAsync(job, plan, fleet, store, around, cancellationToken);
        });
    }

    // The last run, when it is finished or can be gone on with.
    private static (Planned Planned, RunState Run)? Earlier(Job job, RunStore store)
    {
        if (job.Fresh || store.RunsOf(job.Migration.Name) is not [var id, ..]) return null;
        var run = store.Load(id)!;
        var differences = run.Started.Terms.DifferencesTo(job.Terms);
        var isOfAnotherPlan = job.Reviewed is { } reviewed && !IsOf(run, reviewed.Plan, job);
        if (run.IsFinished && (differences.Count > 0 || isOfAnotherPlan)) return null;
        if (differences.Count > 0)
            throw new ManifestException(
                $"Run {id} of migration {job.Migration.Name} is not finished and was begun with other terms: {string.Join("; ", differences)}. Put them back to go on with it, or start over with --fresh.");
        if (isOfAnotherPlan)
            throw new ManifestException($"Run {id} of migration {job.Migration.Name} is not finished, and goes by another plan than {job.Reviewed!.File}. Go on with it without --plan, or start over with --fresh.");
        return (new Planned(job, PlanFile.Read(job.Folders.OfRun(id)), id), run);
    }

    // Plans with the same digest move the same, and may be cut in different ways.
    private static bool IsOf(RunState run, Plan plan, Job job) => run.Started.Digest == plan.Digest && (plan.Checksum is null || PlanFile.ReadHead(job.Folders.OfRun(run.Id))?.Checksum == plan.Checksum);

    private static async Task<RunSession> ResumedAsync(
        Planned planned, RunState run, CheckedFleet fleet, RunStore store, Surroundings around, CancellationToken cancellationToken)
    {
        // Of a live source preflight has asked already whether it is the planned tree.
        if (planned.Plan.Snapshot is not null) await PlannedTree.RequireSourceAsync(planned, fleet.UsableOf(planned.Job), around, cancellationToken);
        RunBeginning.GoOn(run, "run", planned.Job, store, around);
        return RunBeginning.SessionOf(planned, fleet, store, around);
    }

    private static async Task<RunSession> NewAsync(
        Job job, Stage<Job, Planned> plan, CheckedFleet fleet, RunStore store, Surroundings around, CancellationToken cancellationToken)
    {
        var planned = await (job.WithMounts(fleet.Findings) | plan).RunAsync(cancellationToken);
        await NewSnapshot.OrDropAsync(planned, around, async () =>
        {
            await PlannedTree.RequireSourceAsync(planned, fleet.UsableOf(job), around, cancellationToken);
            foreach (var note in PlanNotes.Lines(planned.Plan)) around.View.Say($"{job.Migration.Name}: {note}");
            TargetLimits.Require(planned, fleet, isFirst: true, around);
            store.Append(planned.Run, RunBeginning.Of(planned, RunMode.Copy));
            return planned;
        });
        return RunBeginning.SessionOf(planned, fleet, store, around);
    }
}
