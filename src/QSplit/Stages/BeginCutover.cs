using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Notices;
using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>The beginning of a cutover: its source is frozen, by a snapshot or by the operator's word; one that was interrupted is gone on with.</summary>
internal static class BeginCutover
{
    /// <exception cref="ManifestException">Nothing was copied yet, nobody said that the source is frozen, or something is to be accepted that nobody has seen.</exception>
    public static OpenCutover Run(Job job, Surroundings around)
    {
        RequireCopied(job, around);
        var reviewed = job.Request.DeletesFile is { } file ? DeletionRules.Reviewed(file, job, around) : null;
        if (job.Request.Key is { } key && !File.Exists(Path.GetFullPath(key, around.Directory))) throw new ManifestException($"--key={key}: there is no such file. It is the ssh key that signs the evidence, or the public one of a key that an agent holds.");
        var open = Accepted(Earlier(job, around) ?? Begun(job, around), around);
        return reviewed is null ? open : Reviewed(open, reviewed);
    }

    /// <exception cref="ManifestException">There is nothing to cut over to.</exception>
    public static void RequireCopied(Job job, Surroundings around)
    {
        if (job.Migration.Mover == MoverKind.Robocopy)
            throw new ManifestException($"Migration {job.Migration.Name} has 'mover: robocopy', which is not cut over by QSplit: nothing on its hosts compares or deletes. What changed since is copied by: {job.CommandFor("Migrate")} --fresh");
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        if (store?.RunsOf(job.Migration.Name) is not [var id, ..]) throw new ManifestException($"Migration {job.Migration.Name} has no baseline yet: a cutover is its last pass. First: {job.CommandFor("Migrate")}");
        if (store.Load(id) is { IsFinished: false }) throw new ManifestException($"The baseline of migration {job.Migration.Name}, run {id}, is not finished. First: {job.CommandFor("Migrate")}");
    }

    // One that was signed off is not begun again by chance.
    private static OpenCutover? Earlier(Job job, Surroundings around)
    {
        if (job.Fresh) return null;
        foreach (var id in job.Folders.CutoversOf(job.Migration.Name))
        {
            if (CutoverFile.Read(job.Folders.OfRun(id)) is not { } record) continue;
            if (record.SignedOff is null)
            {
                around.View.Say($"{job.Migration.Name}: going on with cutover {id}");
                job.Notices?.Notify(NoticeOf.CutoverBegins(job.Migration.Name, id, goesOn: true, around.Time.GetUtcNow()));
            }
            return Open(job, record, around);
        }
        return null;
    }

    private static OpenCutover Begun(Job job, Surroundings around)
    {
        var (now, by, word) = (around.Time.GetUtcNow(), job.Migration.Freeze, job.Request.Frozen);
        if (by == FreezeBy.Operator && string.IsNullOrWhiteSpace(word))
            throw new ManifestException(
                $"Nobody has said that the source of migration {job.Migration.Name} is frozen: what is written there during a cutover is lost. Make it read-only for its users, then say how: {job.CommandFor("Cutover")} --frozen=\"exports are read-only since 22:00\". " +
                "Or let the manifest say 'freeze: snapshot', for a source with 'snapshot: new'. To look at all of it first: --dry-run");
        if (by == FreezeBy.Snapshot && word is not null) throw new ManifestException($"--frozen is the operator's word, and migration {job.Migration.Name} has 'freeze: snapshot'.");
        var id = job.Folders.MakeNewCutover(job.Migration.Name, BucketFile.Stamp(now));
        var record = new CutoverRecord(id, job.Migration.Name, now, new(by, word?.Trim() ?? "", now));
        CutoverFile.Write(job.Folders.OfRun(id), record);
        around.View.Say($"{job.Migration.Name}: cutover {id} begins");
        job.Notices?.Notify(NoticeOf.CutoverBegins(job.Migration.Name, id, goesOn: false, now));
        return Open(job, record, around);
    }

    // What it runs is its own: nothing of before is gone on with that is not a step of it.
    private static OpenCutover Open(Job job, CutoverRecord record, Surroundings around)
    {
        job = (job with { Cutover = record.Id, Fresh = false, Request = job.Request with { DeletesFile = null, Since = null, Fresh = false } }).By("Cutover");
        return new(job, record, OpenCutover.Read(job, record, around)) { WasSignedOff = record.SignedOff is not null };
    }

    private static OpenCutover Accepted(OpenCutover open, Surroundings around)
    {
        var (request, migration) = (open.Job.Request, open.Job.Migration);
        if (request.Accept is not { } reason) return request.By is null ? open : throw new ManifestException("--by says who accepts what was found: with --accept=\"why\".");
        if (string.IsNullOrWhiteSpace(request.By)) throw new ManifestException("--accept needs the name of who accepts: --accept=\"why\" --by=\"Ada Byron\".");
        if (open.Record.SignedOff is not null) throw new ManifestException($"Cutover {open.Record.Id} is signed off: there is nothing left to accept.");
        var (what, run) = (migration.Verify, open.Progress.Verify) switch
        {
            (VerifyBy.None, _) => ("nothing is compared: the manifest says 'verify: none'", ""),
            (_, { IsFinished: true, Checked.IsClean: false } verify) => (Reports.CheckedText.Verdict(verify.Checked), verify.Id),
            _ => throw new ManifestException($"--accept takes what the verification of a cutover found as it is, and that of {open.Record.Id} has found nothing{(open.Progress.Verify is { IsFinished: true } ? "" : " yet")}: nobody can accept what nobody has seen. Without it: {open.Job.Command}"),
        };
        around.View.Say($"{migration.Name}: accepted by {request.By.Trim()}: {what}");
        return open.With(open.Record with { Accepted = open.Record.Accepted.Add(new(what, run, reason.Trim(), request.By.Trim(), around.Time.GetUtcNow())) });
    }

    private static OpenCutover Reviewed(OpenCutover open, DeletionList list)
    {
        if (open.Record.SignedOff is not null) return open;
        if (open.Progress.Deletes is not null) throw new ManifestException($"The deletes of cutover {open.Record.Id} were begun by another list: go on with it without --deletes.");
        DeletionFile.Write(open.Folder, list, OpenCutover.Reviewed);
        return open;
    }
}
