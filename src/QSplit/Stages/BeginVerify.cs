using System.Security.Cryptography;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>A run that compares what the last run copied, by its buckets; one that was interrupted is gone on with.</summary>
internal static class BeginVerify
{
    /// <exception cref="ManifestException">Nothing was copied yet, or not all; or the manifest says otherwise than the run that copied.</exception>
    /// <exception cref="StorageException">The hosts, or one of the trees, are not as they should be.</exception>
    public static Task<RunSession> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        job = job.By("Verify");
        var terms = TermsOf(job);
        return RunBeginning.OfCopiedAsync(
            job,
            around,
            (copied, fleet, store) => Interrupted(copied, terms, store) is { } earlier
                ? Resumed(earlier, copied, store, around)
                : Begun(copied, terms, fleet.Findings, store, around),
            cancellationToken);
    }

    private static CheckTerms TermsOf(Job job)
    {
        var (migration, request) = (job.Migration, job.Request);
        if (migration.Mover == MoverKind.Robocopy) throw new ManifestException($"Migration {migration.Name} has 'mover: robocopy', which is not verified: nothing on its hosts compares.");
        if (migration.Verify == VerifyBy.None) throw new ManifestException($"Migration {migration.Name} has 'verify: none'. To verify it, say 'size' or 'checksum' there.");
        if (request.Sample is null && request.Seed is not null) throw new ManifestException("--seed decides which files --sample reads: without that it means nothing.");
        if (request.Sample is null) return CheckTerms.Of(migration, 1, "");
        if (migration.Verify != VerifyBy.Checksum) throw new ManifestException($"--sample is of files whose content is read, and migration {migration.Name} has 'verify: size', which reads none.");
        var part = MigrationValues.PartOf(request.Sample) is { } of and > 0 ? of : throw new ManifestException($"--sample must be above 0% and up to 100%, such as 2%, is '{request.Sample}'.");
        return CheckTerms.Of(migration, part, request.Seed ?? "");
    }

    // A verification of the same copy, by the same terms, that has something left. What was compared before something else was written counts no more.
    private static RunState? Interrupted(Planned copied, CheckTerms terms, RunStore store)
    {
        if (copied.Job.Fresh || store.RunsOf(copied.Job.Migration.Name, RunMode.Verify) is not [var id, ..]) return null;
        var run = store.Load(id)!;
        return !run.IsFinished && run.Started.Of == copied.Run && store.LastWorkOf(copied.Job.Migration.Name) == id && (copied.Job.Cutover is not { } cutover || run.Started.Cutover == cutover) && IsAsked(run.Started.Check, terms) ? run : null;
    }

    private static bool IsAsked(CheckTerms? was, CheckTerms now) => was == now || (now.Seed.Length == 0 && was is not null && was with { Seed = "" } == now);

    private static Planned Resumed(RunState run, Planned copied, RunStore store, Surroundings around)
    {
        RunBeginning.GoOn(run, "verification", copied.Job, store, around);
        return copied with { Run = run.Id };
    }

    private static Planned Begun(Planned copied, CheckTerms terms, FleetFinding found, RunStore store, Surroundings around)
    {
        var job = copied.Job;
        if (terms is { Sample: < 1, Seed: "" }) terms = terms with { Seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) };
        var id = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(around.Time.GetUtcNow()));
        PlanFile.Write(job.Folders.OfRun(id), copied.Plan);
        around.View.Say($"{job.Migration.Name}: comparing what run {copied.Run} copied: {CheckedText.Terms(terms)}");
        var planned = copied with { Run = id };
        store.Append(id, RunBeginning.Of(planned, RunMode.Verify) with
        {
            Check = terms,
            NotCovered = NotCovered.Of(copied.Plan, job.Migration, found),
            Of = copied.Run,
        });
        return planned;
    }
}
