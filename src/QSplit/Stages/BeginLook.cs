using QSplit.Deletions;
using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>
/// A run that looks over the whole target for what the source does not have, where the last pass of a cutover went by differences: those tell of
/// what went from the source, not of what somebody put on the target. One that was interrupted is gone on with.
/// </summary>
internal static class BeginLook
{
    /// <exception cref="StorageException">The hosts, or one of the trees, are not as they should be.</exception>
    public static Task<RunSession> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken) => RunBeginning.OfCopiedAsync(
        job.By("Cutover"),
        around,
        (copied, _, store) =>
        {
            var planned = Interrupted(copied, store) is { } run ? Resumed(run, copied, store, around) : Begun(copied, store, around);
            return planned with { Foreseen = DeletionFile.Read(copied.Job.Folders.OfRun(copied.Run)) };
        },
        cancellationToken);

    private static RunState? Interrupted(Planned copied, RunStore store) =>
        store.RunsOf(copied.Job.Migration.Name, RunMode.Look) is [var id, ..] && store.Load(id)! is { IsFinished: false } run
            && run.Started.Of == copied.Run && run.Started.Cutover == copied.Job.Cutover ? run : null;

    private static Planned Resumed(RunState run, Planned copied, RunStore store, Surroundings around)
    {
        RunBeginning.GoOn(run, "look at the target", copied.Job, store, around);
        return copied with { Run = run.Id };
    }

    private static Planned Begun(Planned copied, RunStore store, Surroundings around)
    {
        var job = copied.Job;
        var id = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(around.Time.GetUtcNow()));
        PlanFile.Write(job.Folders.OfRun(id), copied.Plan);
        around.View.Say($"{job.Migration.Name}: looking for what is only on the target: run {copied.Run} looked at changes alone");
        var planned = copied with { Run = id };
        store.Append(id, RunBeginning.Of(planned, RunMode.Look) with { Of = copied.Run });
        return planned;
    }
}
