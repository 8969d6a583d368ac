using QSplit.Partitioning;
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
                if (job.Request.Deletes) planned = planned with { Before = LastOf(job, store) };
                return Task.FromResult(RunBeginning.SessionOf(planned, fleet, store, around));
            });
        });
    }

    // Whether the source has lost more than may be deleted is told by the pass before. Without one there is nothing to delete by.
    private static Plan? LastOf(Job job, RunStore store)
    {
        try
        {
            return PastPasses.Of(job, null, store).Last is var last ? last.Whole ?? last.Plan : null;
        }
        catch (Exception e) when (e is Manifests.ManifestException or StorageException)
        {
            return null;
        }
    }
}
