using System.Security.Cryptography;
using QSplit.Deletions;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>What all runs begin with, whatever they do with their plans.</summary>
internal static class RunBeginning
{
    /// <summary>The first event of a run.</summary>
    public static RunEvent.Started Of(Planned planned, RunMode mode) => new(
        planned.Job.Migration.Name, planned.Run, planned.Job.Terms, planned.Plan.Buckets.Length, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), mode, planned.Plan.Digest ?? "")
    {
        Deletions = planned.Deletions.Entries,
        DeleteParts = DeletionParts.CountOf(planned.Deletions, planned.Job.Slots.Length),
        Cutover = planned.Job.Cutover ?? "",
        Links = mode is RunMode.Copy or RunMode.Sync ? planned.Plan.Linked.Length : 0,
    };

    /// <summary>Takes a run up again, and says so.</summary>
    /// <param name="what">As people call it: <c>run</c>, <c>verification</c>.</param>
    public static void GoOn(RunState run, string what, Job job, RunStore store, Surroundings around)
    {
        store.Append(run.Id, new RunEvent.Resumed(around.Controller));
        around.View.Say($"{job.Migration.Name}: going on with {what} {run.Id}: {run.DoneBuckets.Count()} of {run.Buckets.Count} buckets are done.");
    }

    /// <summary>A run in the hands of this controller, with what it works with on record.</summary>
    /// <param name="store">Taken over: closed with the session.</param>
    public static RunSession SessionOf(Planned planned, CheckedFleet fleet, RunStore store, Surroundings around)
    {
        store.Append(planned.Run, Equipping.Of(fleet.Findings));
        return new RunSession(planned, store.Load(planned.Run)!, fleet, store, around);
    }

    /// <summary>A run that writes nothing on the target and looks at what the last run copied there, on hosts that see both trees.</summary>
    /// <param name="begin">Takes up the run of that kind which was interrupted, or begins one.</param>
    /// <exception cref="StorageException">The hosts, or one of the trees, are not as they should be.</exception>
    public static Task<RunSession> OfCopiedAsync(
        Job job, Surroundings around, Func<Planned, CheckedFleet, RunStore, Planned> begin, CancellationToken cancellationToken)
    {
        var store = RunStore.OpenIfThere(job.Folders.Store, around.Time) ?? throw CopiedRun.NothingCopied(job);
        return InAsync(store, async () =>
        {
            var copied = CopiedRun.Of(job, store);
            var fleet = await CheckHosts.RequireReadableAsync(job, around, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await PlannedTree.RequireSourceAsync(copied, fleet.UsableOf(job), around, cancellationToken);
            await PlannedTree.RequireTargetAsync(copied, store, around, cancellationToken);
            return SessionOf(begin(copied, fleet, store), fleet, store, around);
        });
    }

    /// <summary>Begins in a store that the session takes over; it is closed where none comes of it.</summary>
    public static async Task<RunSession> InAsync(RunStore store, Func<Task<RunSession>> begin)
    {
        try
        {
            return await begin();
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
