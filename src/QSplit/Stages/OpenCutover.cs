using System.Collections.Immutable;
using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Stages;

/// <summary>A cutover in the hands of this controller.</summary>
/// <param name="Job">Its migration; what it runs are steps of the cutover.</param>
/// <param name="Stop">Why it does not go on, in a sentence or more; null while it does.</param>
internal sealed record OpenCutover(Job Job, CutoverRecord Record, CutoverProgress Progress, string? Stop = null)
{
    /// <summary>The list that was reviewed, in the folder of the cutover.</summary>
    public const string Reviewed = "reviewed.json";

    /// <summary>Exceptions that were accepted, by path and class, whichever pass of it had them.</summary>
    internal ImmutableHashSet<(string Path, ExceptionClass Class)> Accepted { get; init; } = [];

    /// <summary>Whether it was signed off before this session.</summary>
    public bool WasSignedOff { get; init; }

    public string Folder => Job.Folders.OfRun(Record.Id);

    /// <summary>Where the evidence lies once it is signed off.</summary>
    public string Evidence => Job.Folders.EvidenceOf(Record.Id);

    public bool GoesOn => Stop is null && Record.SignedOff is null;

    /// <summary>The same, as the store tells it by now.</summary>
    public OpenCutover Again(Surroundings around) => Read(this, around);

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
        // What a later step says of the same entry may be of another class.
        var paths = Accepted.Select(entry => entry.Path).ToHashSet();
        return step.Exceptions.All(entry => step.Started.Mode == RunMode.Sync ? IsAccepted(entry) : paths.Contains(entry.Path));
    }

    /// <summary>Whether an exception was accepted as what it is. Another class of the same entry is another matter.</summary>
    public bool IsAccepted(FailedEntry entry) => Accepted.Contains((entry.Path, entry.Class));

    /// <summary>Whether its last pass has exceptions that are not accepted.</summary>
    public bool HasExceptions => Progress.Sync is { IsFinished: true } && !IsSynced;

    /// <summary>Whether there is something to accept: exceptions of the last pass, or differences that the verification found.</summary>
    public bool HasFindings => HasExceptions || Progress.Verify is { IsFinished: true, Checked.IsClean: false };

    /// <summary>What its last pass listed; null where it was killed before that.</summary>
    public DeletionList? ListOfPass => ListOf(Progress.Sync);

    /// <summary>All that is only on the target; null where that is not known yet.</summary>
    public DeletionList? Found => !HasLooked && Progress.Deletes is null ? null : ListOf(Progress.Look) ?? ListOf(Progress.Sync);

    /// <summary>Whether its last pass looked at the whole target, or another run has done that for it.</summary>
    public bool HasLooked => Progress is { Sync: { IsFinished: true, Started.Basis.Words: var words } } && (string.IsNullOrEmpty(words) || ListOf(Progress.Look) is not null);

    private DeletionList? ListOf(RunState? run) =>
        run is { IsFinished: true } && Job.Folders.OfRun(run.Id) is var folder && File.Exists(Path.Combine(folder, DeletionFile.Name)) ? DeletionFile.Read(folder) : null;

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
        job = (job with { Cutover = record.Id, Fresh = false, Request = job.Request with { DeletesFile = null, Since = null, Retry = [], Sample = null, Seed = null, Fresh = false } }).By("Cutover");
        return Read(new(job, record, new(null, null, null)) { WasSignedOff = record.SignedOff is not null }, around);
    }

    private static OpenCutover Read(OpenCutover open, Surroundings around)
    {
        var (job, record) = (open.Job, open.Record);
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        if (store is null) return open;
        var runs = ImmutableArray.CreateBuilder<RunState>();
        foreach (var id in store.AllRunsOf(job.Migration.Name))
        {
            var run = store.Load(id)!;
            if (run.IsDryRun) continue;
            runs.Add(run);
            if (run.Started.Mode is RunMode.Copy or RunMode.Sync) break;
        }
        var accepted = record.OfExceptions.SelectMany(given => (store.Load(given.Run)?.Exceptions ?? []).Where(given.Has)).Select(entry => (entry.Path, entry.Class));
        return open with { Progress = CutoverProgress.Of(record.Id, job.Migration.Verify, runs.ToImmutable()), Accepted = [.. accepted] };
    }
}
