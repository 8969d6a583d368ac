using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>The last run that copied a whole tree: what verifications and repairs go by.</summary>
internal static class CopiedRun
{
    /// <exception cref="ManifestException">There is none, or it is not finished; or the manifest says otherwise than it was copied by.</exception>
    public static Planned Of(Job job, RunStore store)
    {
        if (store.PassesOf(job.Migration.Name) is not [var id, ..]) throw NothingCopied(job);
        var run = store.Load(id)!;
        if (run.Started.Terms.DifferencesTo(job.Terms) is { Count: > 0 } differences)
            throw new ManifestException($"Run {id} of migration {job.Migration.Name} was copied under other terms: {string.Join("; ", differences)}. Put them back to verify it.");
        if (!run.IsFinished)
            throw new ManifestException($"Run {id} of migration {job.Migration.Name} is not finished: {Humane.Count(run.LeftBuckets.Count(), "bucket", "buckets")} of {run.Buckets.Count} are left. First: {job.CommandFor(run.Started.Mode == RunMode.Sync ? "Sync" : "Migrate")}");
        return new Planned(job, PlanFile.Read(job.Folders.OfRun(id)), id);
    }

    public static ManifestException NothingCopied(Job job) => new($"Migration {job.Migration.Name} has not been copied yet: there is nothing to verify. First: {job.CommandFor("Migrate")}");
}
