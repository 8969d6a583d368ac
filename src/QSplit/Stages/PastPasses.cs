using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Stages;

/// <summary>The passes that are finished, as far as the next one goes by them.</summary>
/// <param name="Last">The last one, as it was planned.</param>
/// <param name="AsOf">The target has all that changed until then: by the cluster's clock, and by this machine's where a live tree was copied.</param>
/// <param name="View">What the tree was like then; null where no view of it was kept.</param>
/// <param name="Later">Views of passes after that, which may lack something.</param>
internal sealed record PastPasses(Planned Last, DateTimeOffset AsOf, ClusterSnapshot? View, ImmutableArray<ClusterSnapshot> Later)
{
    /// <summary>What the last one could not copy: the next one tries it again.</summary>
    public ImmutableArray<FailedEntry> Exceptions { get; init; } = [];

    /// <summary>What is let go once the next pass is done. A retry of exceptions copies from the view of the pass before it.</summary>
    public ImmutableArray<ClusterSnapshot> SupersededBy(SyncBasis basis) =>
        basis.MayLack ? [] : [.. (View is { } view ? [view, .. Later] : Later).DistinctBy(one => one.Id)];

    /// <param name="interrupted">The sync that is gone on with.</param>
    /// <exception cref="ManifestException">There is no pass, it is not finished, or it went by other terms.</exception>
    public static PastPasses Of(Job job, RunState? interrupted, RunStore store)
    {
        Planned? last = null;
        ImmutableArray<FailedEntry> exceptions = [];
        var later = ImmutableArray.CreateBuilder<ClusterSnapshot>();
        foreach (var id in store.PassesOf(job.Migration.Name))
        {
            if (id == interrupted?.Id) continue;
            var run = store.Load(id)!;
            // Syncs that were given up are no pass.
            if (!run.IsFinished && run.Started.Mode == RunMode.Sync) continue;
            if (last is null)
            {
                RequireFit(job, run);
                exceptions = run.Exceptions;
            }
            var pass = new Planned(job, PlanFile.Read(job.Folders.OfRun(id)), id);
            last ??= CopiedRun.WithWhole(pass, store);
            if (run.Started.Basis is not { MayLack: true })
                return new(last, pass.Plan.Snapshot?.TakenAt ?? run.Started.Basis?.AsOf ?? BucketFile.TimeOf(pass.Plan.Stamp), pass.Plan.Snapshot, later.ToImmutable()) { Exceptions = exceptions };
            if (pass.Plan.Snapshot is { } view) later.Add(view);
        }
        throw NoBaseline(job);
    }

    public static ManifestException NoBaseline(Job job) => new($"Migration {job.Migration.Name} has no baseline yet: what changed since cannot be told. First: {job.CommandFor("Migrate")}");

    private static void RequireFit(Job job, RunState run)
    {
        if (run.Started.Terms.DifferencesTo(job.Terms) is { Count: > 0 } differences)
            throw new ManifestException($"Run {run.Id} of migration {job.Migration.Name} was copied under other terms: {string.Join("; ", differences)}. Put them back, or begin anew: {job.CommandFor("Migrate")} --fresh");
        if (!run.IsFinished)
            throw new ManifestException($"The baseline of migration {job.Migration.Name}, run {run.Id}, is not finished: {LeftText.Of(run)}. First: {job.CommandFor("Migrate")}");
    }
}
