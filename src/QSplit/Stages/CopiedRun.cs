using QSplit.Deletions;
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
            throw new ManifestException($"Run {id} of migration {job.Migration.Name} is not finished: {LeftText.Of(run)}. First: {job.CommandOf(run)}");
        var last = WithWhole(new Planned(job, PlanFile.Read(job.Folders.OfRun(id)), id), store);
        // A plan of changes says nothing of what did not change: the whole one still has all of it, and what came since at its levels.
        return last.Whole is { } whole ? last with { Plan = whole with { Snapshot = last.Plan.Snapshot }, Whole = null } : last;
    }

    /// <summary>A pass with the last plan of the whole tree beside it, where its own is of changes.</summary>
    /// <exception cref="StorageException">There is none any more.</exception>
    public static Planned WithWhole(Planned pass, RunStore store)
    {
        if (pass.Plan.Scope == PlanScope.Whole) return pass;
        var since = new Stack<Planned>([pass]);
        foreach (var id in store.PassesOf(pass.Job.Migration.Name).SkipWhile(id => id != pass.Run).Skip(1))
        {
            var earlier = new Planned(pass.Job, PlanFile.Read(pass.Job.Folders.OfRun(id)), id);
            if (earlier.Plan.Scope == PlanScope.Whole) return Behind(earlier, pass, since);
            // What came of one that was given up is told again by the next.
            if (store.Load(id) is { IsFinished: true }) since.Push(earlier);
        }
        throw new StorageException($"No plan of the whole tree of migration {pass.Job.Migration.Name} is left. Begin anew: {pass.Job.CommandFor("Migrate")} --fresh");
    }

    private static Planned Behind(Planned whole, Planned pass, IEnumerable<Planned> since)
    {
        var (present, replaced) = (whole.Present, new HashSet<Trees.EntryPath>());
        foreach (var next in since)
        {
            var gone = Gone(next).ToList();
            present = PresentEntries.After(present, next.Plan, gone);
            replaced.UnionWith(PresentEntries.Replaced(next.Plan, gone));
        }
        return pass with { Whole = PresentEntries.Left(whole.Plan, present, replaced), Present = present };
    }

    private static IEnumerable<Deletion> Gone(Planned pass) => new[] { DeletionFile.Foreseen, DeletionFile.Reviewed }
        .Where(name => File.Exists(Path.Combine(pass.Folder, name))).SelectMany(name => DeletionFile.Read(pass.Folder, name).Items);

    public static ManifestException NothingCopied(Job job) => new($"Migration {job.Migration.Name} has not been copied yet: there is nothing to verify. First: {job.CommandFor("Migrate")}");
}
