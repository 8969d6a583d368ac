using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Takes up a plan that was reviewed: the source is looked at again first, and must still be what was planned.</summary>
internal static class ApplyPlan
{
    /// <exception cref="StorageException">The source has changed by more than the manifest allows.</exception>
    public static async Task<Planned> RunAsync(Surveyed surveyed, ReviewedPlan reviewed, Surroundings around, CancellationToken cancellationToken)
    {
        var (job, plan) = (surveyed.Job, reviewed.Plan);
        around.View.Say($"{job.Migration.Name}: going by {reviewed.File}, digest {plan.Digest}");
        var drift = PlanDifference.Between(plan.Outline, await Outlines.ReadAgainAsync(plan.Outline, surveyed.Source, cancellationToken));
        var allowed = job.Migration.Drift;
        if (drift.Share > allowed && !job.Request.AcceptDrift)
            throw new StorageException(
                $"The source of migration {job.Migration.Name} is not what was planned any more: {Humane.Percent(drift.Share, 1)} of it changed, and {Humane.Percent(allowed, 1)} may (drift). " +
                $"{DifferenceText.InBrief(drift)}. Make a new plan and have it reviewed (--target=Plan), or go by this one all the same with --accept-drift.");
        if (!drift.IsNothing) around.View.Say($"{job.Migration.Name}: {Humane.Percent(drift.Share, 1)} of the source changed since it was planned: {DifferenceText.InBrief(drift)}");
        var planned = new Planned(job, plan, RunOf(job, reviewed, around));
        WritePlan.Run(planned, around);
        return planned;
    }

    // A plan that lies where this program put it, and that nothing came of yet, becomes a run where it is.
    private static string RunOf(Job job, ReviewedPlan reviewed, Surroundings around)
    {
        var folder = Path.GetDirectoryName(reviewed.File)!;
        var own = $"{job.Migration.Name}/{Path.GetFileName(folder)}";
        if (job.Folders.OfRun(own) == folder && Path.GetFileName(reviewed.File) == PlanFile.Name && !IsKnown(own, job, around)) return own;
        var run = job.Folders.MakeNew(job.Migration.Name, reviewed.Plan.Stamp);
        PlanFile.Write(job.Folders.OfRun(run), reviewed.Plan);
        return run;
    }

    private static bool IsKnown(string run, Job job, Surroundings around)
    {
        if (!File.Exists(job.Folders.Store)) return false;
        using var store = RunStore.Open(job.Folders.Store, around.Time);
        return store.Load(run) is not null;
    }
}
