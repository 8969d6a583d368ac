using QSplit.Deletions;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A plan that is not of a whole tree: of entries that are known by name, in a folder of its own, with what is to be deleted beside it.</summary>
internal static class EntriesPlan
{
    /// <param name="copied">The pass that it comes after, whose view of the source it copies from.</param>
    /// <param name="isWhole">Whether one rsync is to have all entries: it links only names that it has all of.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static async Task<Planned> MakeAsync(
        Planned copied, IEnumerable<ChangedEntry> changes, DeletionList deletions, bool isWhole, Surroundings around, CancellationToken cancellationToken)
    {
        var (job, now) = (copied.Job, around.Time.GetUtcNow());
        var request = new PlanRequest(job.Migration.Name, now, CostHistory.Of(job, around), isWhole ? 1 : null, job.Slots.Length);
        var plan = await Planner.PlanAsync(new ChangedTree(copied.Plan.Source, changes), request, cancellationToken) with
        {
            Scope = PlanScope.Changes,
            Snapshot = copied.Plan.Snapshot,
            Terms = job.PlanTerms,
            // What is not to be copied, or not to be linked, of the whole tree is not by name either.
            CaseClashes = (copied.Whole ?? copied.Plan).CaseClashes,
            ForgoesHardLinks = (copied.Whole ?? copied.Plan).ForgoesHardLinks,
        };
        var id = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(now));
        plan = PlanFile.Write(job.Folders.OfRun(id), plan);
        if (!deletions.Items.IsEmpty) DeletionFile.Write(job.Folders.OfRun(id), deletions, DeletionFile.Reviewed);
        return Behind(copied, plan, id, deletions);
    }

    /// <summary>The same of a run that is gone on with.</summary>
    public static Planned Again(Planned copied, Runs.RunState run)
    {
        var folder = copied.Job.Folders.OfRun(run.Id);
        return Behind(copied, PlanFile.Read(folder), run.Id, run.Started.Deletions == 0 ? DeletionList.Nothing : DeletionFile.Read(folder, DeletionFile.Reviewed));
    }

    // However much a pass was let differ from the one before it: what comes behind that one looks for what it planned.
    private static Planned Behind(Planned copied, Plan plan, string run, DeletionList deletions) =>
        new(copied.Job with { Request = copied.Job.Request with { AcceptDrift = false } }, plan, run) { Whole = copied.Plan, Present = copied.Present, Deletions = deletions };
}
