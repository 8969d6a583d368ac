using QSplit.CmdScripts;
using QSplit.Manifests;
using QSplit.Partitioning;

namespace QSplit.Stages;

/// <summary>Cuts the tree, and puts plan and bucket files into a folder of their own.</summary>
internal static class PartitionTree
{
    public static async Task<Planned> RunAsync(Surveyed surveyed, Surroundings around, CancellationToken cancellationToken)
    {
        var (job, source, snapshot) = surveyed;
        var now = around.Time.GetUtcNow();
        var request = new PlanRequest(
            job.Migration.Name,
            now,
            CostHistory.Of(job, around),
            (job.Migration.Buckets as Buckets.Fixed)?.Number,
            job.HostsListed ? job.Slots.Length : 0)
        { Mover = job.Migration.Mover };
        var plan = await Planner.PlanAsync(source, request, cancellationToken) with { Snapshot = snapshot };
        var run = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(now));
        // Before the plan: where that is, all is there.
        if (plan.Mover == MoverKind.Robocopy)
            HandScripts.Write(job.Folders.OfRun(run), plan, new Planned(job, plan, run).SourceRoot, job.Migration.Mounts.Target, job.Migration.Options, job.Migration.LeaveOut);
        PlanFile.Write(job.Folders.OfRun(run), plan);
        return new Planned(job, plan, run);
    }
}
