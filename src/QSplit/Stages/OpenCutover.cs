using System.Collections.Immutable;
using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>A cutover in the hands of this controller.</summary>
/// <param name="Job">Its migration; what it runs are steps of the cutover.</param>
/// <param name="Stop">Why it does not go on, in a sentence or more; null while it does.</param>
internal sealed record OpenCutover(Job Job, CutoverRecord Record, CutoverProgress Progress, string? Stop = null)
{
    /// <summary>The list that was reviewed, in the folder of the cutover.</summary>
    public const string Reviewed = "reviewed.json";

    /// <summary>Whether it was signed off before this session.</summary>
    public bool WasSignedOff { get; init; }

    public string Folder => Job.Folders.OfRun(Record.Id);

    /// <summary>Where the evidence lies once it is signed off.</summary>
    public string Evidence => Job.Folders.EvidenceOf(Record.Id);

    public bool GoesOn => Stop is null && Record.SignedOff is null;

    /// <summary>The same, as the store tells it by now.</summary>
    public OpenCutover Again(Surroundings around) => this with { Progress = Read(Job, Record, around) };

    public OpenCutover With(CutoverRecord record)
    {
        CutoverFile.Write(Folder, record);
        return this with { Record = record };
    }

    /// <summary>Whether its last pass copied everything, or what it could not copy was accepted.</summary>
    public bool IsSynced => Progress.Sync is { IsFinished: true } sync && IsCovered(sync);

    /// <summary>Whether a step did its work but for accepted exceptions of the last pass.</summary>
    public bool IsCovered(RunState step)
    {
        if (step.Exceptions.IsEmpty) return true;
        if (Progress.Sync is not { } sync || Record.AcceptanceOf(sync.Id) is null) return false;
        var accepted = sync.Exceptions.Select(entry => entry.Path).ToHashSet();
        return step.Exceptions.All(entry => accepted.Contains(entry.Path));
    }

    /// <summary>Whether its last pass has exceptions that are not accepted.</summary>
    public bool HasExceptions => Progress.Sync is { IsFinished: true } && !IsSynced;

    /// <summary>Whether there is something to accept: exceptions of the last pass, or differences that the verification found.</summary>
    public bool HasFindings => HasExceptions || Progress.Verify is { IsFinished: true, Checked.IsClean: false };

    /// <summary>What its last pass found only on the target; null where that did not list it.</summary>
    public DeletionList? Found => Progress.Sync is { IsFinished: true } sync && File.Exists(Path.Combine(Job.Folders.OfRun(sync.Id), DeletionFile.Name)) ? DeletionFile.Read(Job.Folders.OfRun(sync.Id)) : null;

    /// <summary>What of that is to be deleted: all, or what a reviewed list names.</summary>
    public DeletionList ToDelete(DeletionList found) => File.Exists(Path.Combine(Folder, Reviewed)) ? found.NamedBy(DeletionFile.Read(Folder, Reviewed)) : found;

    /// <summary>Whether nothing is left to be deleted.</summary>
    public bool IsDeleted => (Progress.Deletes is { IsFinished: true } deletes && IsCovered(deletes)) || (Found is { } found && ToDelete(found).Items.IsEmpty);

    /// <summary>Whether a list is the one that was reviewed for it.</summary>
    public bool IsReviewed(DeletionList list) => File.Exists(Path.Combine(Folder, Reviewed)) && DeletionFile.Read(Folder, Reviewed).Items.SequenceEqual(list.Items);

    /// <summary>Whether there is nothing against signing off, but what is done before it.</summary>
    public bool IsProven => Job.Migration.Verify == VerifyBy.None
        ? Record.AcceptanceOf("") is not null
        : Progress.IsVerified && (Progress.Verify!.Checked.IsClean || Record.AcceptanceOf(Progress.Verify.Id) is not null);

    /// <summary>The last cutover of a migration; null where there was none, or another is to be begun.</summary>
    /// <exception cref="StorageException">What is remembered of it is damaged.</exception>
    public static OpenCutover? Last(Job job, Surroundings around) =>
        job.Fresh ? null : job.Folders.CutoversOf(job.Migration.Name).Select(id => CutoverFile.Read(job.Folders.OfRun(id))).OfType<CutoverRecord>().FirstOrDefault() is { } record ? Of(job, record, around) : null;

    /// <summary>A cutover with a job of its own: nothing is gone on with that is not a step of it, and what is for other targets means nothing in it.</summary>
    public static OpenCutover Of(Job job, CutoverRecord record, Surroundings around)
    {
        job = (job with { Cutover = record.Id, Fresh = false, Request = job.Request with { DeletesFile = null, Since = null, Sample = null, Seed = null, Fresh = false } }).By("Cutover");
        return new(job, record, Read(job, record, around)) { WasSignedOff = record.SignedOff is not null };
    }

    private static CutoverProgress Read(Job job, CutoverRecord record, Surroundings around)
    {
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        if (store is null) return CutoverProgress.Of(record.Id, job.Migration.Verify, []);
        var runs = ImmutableArray.CreateBuilder<RunState>();
        foreach (var id in store.AllRunsOf(job.Migration.Name))
        {
            var run = store.Load(id)!;
            if (run.IsDryRun) continue;
            runs.Add(run);
            if (run.Started.Mode is RunMode.Copy or RunMode.Sync) break;
        }
        return CutoverProgress.Of(record.Id, job.Migration.Verify, runs.ToImmutable());
    }
}
