using System.Collections.Immutable;
using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Notices;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>The beginning of a cutover: its source is frozen, by a snapshot or by the operator's word; one that was interrupted is gone on with.</summary>
internal static class BeginCutover
{
    /// <exception cref="ManifestException">It cannot be meant: see <see cref="CutoverRules"/>.</exception>
    public static OpenCutover Run(Job job, Surroundings around)
    {
        CutoverRules.Require(job, around);
        var open = Accepted(Earlier(job, around) ?? Begun(job, around), around);
        if (open.Record.SignedOff is null && open.Progress.Deletes is null && CutoverRules.Reviewed(job, around) is { } list) DeletionFile.Write(open.Folder, list, OpenCutover.Reviewed);
        return open;
    }

    // One that was signed off is not begun again by chance.
    private static OpenCutover? Earlier(Job job, Surroundings around)
    {
        if (OpenCutover.Last(job, around) is not { } open) return null;
        if (open.Record.SignedOff is not null) return open;
        around.View.Say($"{job.Migration.Name}: going on with cutover {open.Record.Id}");
        job.Notices?.Notify(NoticeOf.CutoverBegins(job.Migration.Name, open.Record.Id, goesOn: true, around.Time.GetUtcNow()));
        return open;
    }

    private static OpenCutover Begun(Job job, Surroundings around)
    {
        var now = around.Time.GetUtcNow();
        var id = job.Folders.MakeNewCutover(job.Migration.Name, BucketFile.Stamp(now));
        var record = new CutoverRecord(id, job.Migration.Name, now, new(job.Migration.Freeze, job.Request.Frozen?.Trim() ?? "", now));
        CutoverFile.Write(job.Folders.OfRun(id), record);
        around.View.Say($"{job.Migration.Name}: cutover {id} begins");
        job.Notices?.Notify(NoticeOf.CutoverBegins(job.Migration.Name, id, goesOn: false, now));
        return OpenCutover.Of(job, record, around);
    }

    // The same command may come again: what it accepted is accepted once.
    private static OpenCutover Accepted(OpenCutover open, Surroundings around)
    {
        if (open is not { Record.SignedOff: null, Job.Request: { Accept: { } values, By: { } who } }) return open;
        var (terms, now) = (AcceptTerms.Parse(values), around.Time.GetUtcNow());
        if (!terms.Only.IsEmpty || open.HasExceptions)
        {
            if (ExceptionsOf(open, terms) is not { IsEmpty: false } exceptions) return open;
            var given = new Acceptance(LeftText.Of(exceptions), open.Progress.Sync!.Id, terms.Reason, who.Trim(), now) { Exceptions = [.. CountsOf(terms, exceptions)] };
            return Recorded(open, given, around).Again(around);
        }
        if (!open.HasFindings && open.Job.Migration.Verify != VerifyBy.None) return open;
        var (what, run) = open.Job.Migration.Verify == VerifyBy.None
            ? ("nothing is compared: the manifest says 'verify: none'", "")
            : (CheckedText.Verdict(open.Progress.Verify!.Checked), open.Progress.Verify.Id);
        return open.Record.AcceptanceOf(run) is { } before && before.Reason == terms.Reason && before.By == who.Trim() ? open : Recorded(open, new(what, run, terms.Reason, who.Trim(), now), around);
    }

    // Those that nobody has accepted yet.
    private static ImmutableArray<FailedEntry> ExceptionsOf(OpenCutover open, AcceptTerms terms) =>
        [.. (open.Progress.Sync is { IsFinished: true } sync ? sync.Exceptions : []).Where(entry => !open.IsAccepted(entry) && (terms.Only.IsEmpty || terms.Only.Any(only => only.Has(entry))))];

    private static IEnumerable<AcceptedExceptions> CountsOf(AcceptTerms terms, ImmutableArray<FailedEntry> exceptions) =>
        (terms.Only.IsEmpty ? ExceptionClasses.ByClass(exceptions).Select(of => new ExceptionSelector(of.Key, EntryPath.Root)) : terms.Only)
        .Select(only => new AcceptedExceptions(only.Class, only.Path.ToString(), exceptions.Count(only.Has))).Where(of => of.Count > 0);

    private static OpenCutover Recorded(OpenCutover open, Acceptance given, Surroundings around)
    {
        around.View.Say($"{open.Job.Migration.Name}: accepted by {given.By}: {given.What}");
        return open.With(open.Record with { Accepted = open.Record.Accepted.Add(given) });
    }
}
