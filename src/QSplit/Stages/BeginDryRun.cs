using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Makes a plan, and a run of it that only asks what would be done. There is none to go on with: asking again costs little, and tells what is so now.</summary>
internal static class BeginDryRun
{
    public static async Task<RunSession> RunAsync(Job job, Stage<Job, Planned> plan, Surroundings around, CancellationToken cancellationToken)
    {
        job = job with { Command = job.CommandFor("DryRun") };
        var fleet = await CheckHosts.RequireReadableAsync(job, around, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var planned = await (job.WithMounts(fleet.Findings) | plan).RunAsync(cancellationToken);
        // Whoever gets the session deletes the snapshot at its end.
        return await NewSnapshot.OrDropAsync(planned, around, async () =>
        {
            await PlannedTree.RequireSourceAsync(planned, fleet.UsableOf(job), around, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var note in PlanNotes.Lines(planned.Plan)) around.View.Say($"{job.Migration.Name}: {note}");
            TargetLimits.Require(planned, fleet, isFirst: false, around);
            var store = RunStore.Open(job.Folders.Store, around.Time);
            return await RunBeginning.InAsync(store, () =>
            {
                store.Append(planned.Run, RunBeginning.Of(planned, RunMode.DryRun) with { Deletes = job.Request.Deletes });
                return Task.FromResult(RunBeginning.SessionOf(planned, fleet, store, around));
            });
        });
    }
}
