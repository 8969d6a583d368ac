using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Cuts the tree, and puts plan and bucket files into a folder of their own.</summary>
internal static class PartitionTree
{
    public static Task<Planned> RunAsync(Surveyed surveyed, Surroundings around, CancellationToken cancellationToken) =>
        NewSnapshot.OrDropAsync(surveyed.Job, surveyed.Snapshot, around, () => PlanAsync(surveyed, around, cancellationToken));

    private static async Task<Planned> PlanAsync(Surveyed surveyed, Surroundings around, CancellationToken cancellationToken)
    {
        var (job, source, snapshot) = surveyed;
        if (job.Reviewed is { } reviewed) return await ApplyPlan.RunAsync(surveyed, reviewed, around, cancellationToken);
        var now = around.Time.GetUtcNow();
        var request = new PlanRequest(
            job.Migration.Name,
            now,
            CostHistory.Of(job, around),
            (job.Migration.Buckets as Buckets.Fixed)?.Number,
            job.HostsListed ? job.Slots.Length : 0)
        { Mover = job.Migration.Mover };
        var cut = HardLinkRules.WithoutAdviceTaken(await Planner.PlanAsync(source, request, cancellationToken), surveyed);
        var plan = await HardLinkRules.KeepAsync(cut, surveyed, around, cancellationToken);
        if (source is LocalTree crawled && job.Migration.Mover == MoverKind.Rsync) plan = WithFacts(plan, crawled, job);
        plan = plan with { Snapshot = snapshot, Terms = job.PlanTerms, Estimate = job.HostsListed ? RunEstimates.Of(plan.Buckets, WorkforceOf(job)) : null };
        if (snapshot is { Expires: { } expires } && plan.Estimate is { } estimate && expires < now + estimate.Calendar)
        {
            around.View.Say(
                $"{job.Migration.Name}: snapshot {snapshot.Directory} expires at {expires:yyyy-MM-dd HH:mm} UTC, before the run is expected to end " +
                $"({Humane.Duration(estimate.Calendar)}). The hosts copy from it: take one that lives longer.");
        }
        var run = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(now));
        var planned = new Planned(job, PlanFile.Write(job.Folders.OfRun(run), plan), run) { Last = PlanHistory.Before(run, plan, job) };
        WritePlan.Run(planned, around);
        return planned;
    }

    private static Plan WithFacts(Plan plan, LocalTree crawled, Job job)
    {
        var mounts = TargetLimits.MountsOf(job, crawled);
        var notes = mounts.Where(mount => mount.InTarget).Select(mount => new TreeNote(TreeNoteKind.OtherFileSystem, mount.Path,
            CrawlProblems.Mounted(mount)));
        return plan with
        {
            CaseClashes = crawled.CaseClashes,
            Mounts = mounts,
            Facts = TargetLimits.FactsOf(crawled, plan),
            Notes = [.. plan.Notes.Concat(notes).OrderBy(note => note.Kind).ThenBy(note => note.Path)],
        };
    }

    private static Workforce WorkforceOf(Job job) => new(
        [.. job.Hosts.Where(host => !host.Drain).Select(host => (host.Name, host.Slots, host.Bandwidth?.BytesPerSecond))],
        job.Migration.Bandwidth?.BytesPerSecond,
        job.Migration.Window);
}
