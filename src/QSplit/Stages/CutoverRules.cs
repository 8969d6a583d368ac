using System.Collections.Immutable;
using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Whether what is asked of a cutover can be meant at all: before anything of it is begun.</summary>
internal static class CutoverRules
{
    /// <summary>The same of several migrations, before the first of them is cut over.</summary>
    /// <returns>The same migrations.</returns>
    /// <exception cref="ManifestException">As <see cref="Require(Job, Surroundings)"/>; or something is to be accepted of all of them at once.</exception>
    public static ImmutableArray<Job> Require(ImmutableArray<Job> jobs, Surroundings around)
    {
        if (jobs is [{ Request.Accept: not null }, _, ..]) throw new ManifestException($"--accept is for what was found of one migration, and there are {jobs.Length}: say which, --migration=NAME.");
        foreach (var job in jobs) Require(job, around);
        return jobs;
    }

    /// <exception cref="ManifestException">Nothing was copied yet, nobody said that the source is frozen, something is to be accepted that nobody has seen, or a file that is named is not fit.</exception>
    public static void Require(Job job, Surroundings around)
    {
        RequireCopied(job, around);
        if (job.Request.Deletes) throw new ManifestException("--deletes of a cutover names a list that was reviewed: --deletes=FILE. Without it all goes that is only on the target, as far as 'deleteLimit' lets it.");
        _ = SigningKey.Of(job.Request, around);
        var open = OpenCutover.Last(job, around);
        RequireFrozen(job, open?.Record);
        RequireFound(job, open);
        if (Reviewed(job, around) is { } list && open is { Record.SignedOff: null, Progress.Deletes: not null } && !open.IsReviewed(list))
            throw new ManifestException($"The deletes of cutover {open.Record.Id} were begun by another list: go on with it without --deletes.");
    }

    /// <exception cref="ManifestException">There is nothing to cut over to, or it was copied by other terms than the manifest has now.</exception>
    public static void RequireCopied(Job job, Surroundings around)
    {
        if (job.Migration.Mover == MoverKind.Robocopy)
            throw new ManifestException($"Migration {job.Migration.Name} has 'mover: robocopy', which is not cut over by QSplit: nothing on its hosts compares or deletes. What changed since is copied by: {job.CommandFor("Migrate")} --fresh");
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        if (store?.RunsOf(job.Migration.Name) is not [_, ..]) throw new ManifestException($"Migration {job.Migration.Name} has no baseline yet: a cutover is its last pass. First: {job.CommandFor("Migrate")}");
        _ = PastPasses.Of(job, null, store);
    }

    /// <summary>The list that was reviewed; null where none is named.</summary>
    public static DeletionList? Reviewed(Job job, Surroundings around) => job.Request.DeletesFile is { } file ? DeletionRules.Reviewed(file, job, around) : null;

    private static void RequireFrozen(Job job, CutoverRecord? record)
    {
        var (by, word) = (job.Migration.Freeze, job.Request.Frozen?.Trim());
        if (by == FreezeBy.Snapshot && word is not null) throw new ManifestException($"--frozen is the operator's word, and migration {job.Migration.Name} has 'freeze: snapshot'.");
        if (record is null && by == FreezeBy.Operator && string.IsNullOrEmpty(word))
            throw new ManifestException(
                $"Nobody has said that the source of migration {job.Migration.Name} is frozen: what is written there during a cutover is lost. Make it read-only for its users, then say how: {job.CommandFor("Cutover")} --frozen=\"exports are read-only since 22:00\". " +
                "Or let the manifest say 'freeze: snapshot', for a source with 'snapshot: new'. To look at all of it first: --dry-run");
        // Said anew, it may have been written to in between: what was done before that proves nothing.
        if (record is { SignedOff: null } && word is not null && word != record.Frozen.Word)
            throw new ManifestException(
                $"Cutover {record.Id} is not signed off, and its source was frozen otherwise: {Checklist.FreezeItem(record.Frozen).Words}. If nobody has written there since, go on without --frozen. Otherwise begin another: {job.CommandFor("Cutover")} --fresh --frozen={ShellQuote.Quote(word)}");
    }

    private static void RequireFound(Job job, OpenCutover? open)
    {
        var (values, who) = (job.Request.Accept, job.Request.By);
        if (values is null && who is not null) throw new ManifestException("--by says who accepts what was found: with --accept=\"why it does not matter\", or --accept=CLASS for exceptions of one class.");
        if (values is null) return;
        var terms = AcceptTerms.Parse(values);
        if (string.IsNullOrWhiteSpace(who)) throw new ManifestException("--accept needs the name of who accepts: --accept=\"why it does not matter\" --by=\"Ada Byron\".");
        if (open?.Record.Has(terms, who) is true) return;
        if (open?.Record is { SignedOff: not null } ended) throw new ManifestException($"Cutover {ended.Id} is signed off: there is nothing left to accept.");
        if (!terms.Only.IsEmpty && open?.Progress.Sync is { IsFinished: true } sync)
        {
            RequireExceptions(job, open.Record, sync, terms);
            return;
        }
        if (terms.Only.IsEmpty && (job.Migration.Verify == VerifyBy.None || open?.HasFindings is true)) return;
        var whose = open is null ? $"none of migration {job.Migration.Name} has" : $"that of {open.Record.Id} has";
        var yet = open?.Progress.Verify is { IsFinished: true } ? "" : " yet";
        throw new ManifestException(
            "--accept accepts what the last pass of a cutover could not copy, or what its verification found, "
            + $"and {whose} found nothing{yet}: nobody can accept what nobody has seen. Without it: {job.CommandFor("Cutover")}");
    }

    private static void RequireExceptions(Job job, CutoverRecord record, RunState sync, AcceptTerms terms)
    {
        if (terms.Only.FirstOrDefault(only => !sync.Exceptions.Any(only.Has)) is not { } nothing) return;
        var has = sync.Exceptions.IsEmpty ? "no exceptions" : RetryExceptions.Counts(sync.Exceptions);
        throw new ManifestException(
            $"--accept={nothing} accepts nothing: the last pass of cutover {record.Id}, run {sync.Id}, has {has}"
            + $"{(nothing.Path.IsRoot ? "" : $", and none of class {Transfers.ExceptionClasses.Word(nothing.Class)} at {nothing.Path} or below it")}. All names: {job.CommandFor("Errors")}");
    }
}
