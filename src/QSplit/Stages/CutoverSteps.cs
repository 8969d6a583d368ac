using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>The steps of a cutover that are runs. One that is done is passed by; one that does not end well stops those behind it.</summary>
internal static class CutoverSteps
{
    private const string Accept = "--accept=\"why it does not matter\" --by=\"who\"";

    /// <summary>The last pass: begun after the source was frozen.</summary>
    public static async Task<OpenCutover> FollowAsync(OpenCutover open, Stage<Job, RunSummary> follow, Surroundings around, CancellationToken cancellationToken)
    {
        // A pass that was killed right before it listed what is only on the target, or withheld that, is not good enough.
        if (!open.GoesOn || open is { IsSynced: true, ListOfPass: { Withheld: null } }) return open;
        open = await StepAsync(open, follow, around, cancellationToken);
        return open is { GoesOn: true, ListOfPass.Withheld: { } why } ? open with { Stop = $"{why} Nothing is deleted." } : open;
    }

    /// <summary>What is only on the target, where the last pass looked at changes alone.</summary>
    public static async Task<OpenCutover> LookAsync(OpenCutover open, Stage<Job, RunSummary> look, Surroundings around, CancellationToken cancellationToken) =>
        !open.GoesOn || open.HasLooked || open.Progress.Deletes is not null ? open : await StepAsync(open, look, around, cancellationToken);

    /// <summary>What that found only on the target, within the manifest's limit.</summary>
    public static async Task<OpenCutover> DeleteAsync(OpenCutover open, Stage<Job, RunSummary> delete, Surroundings around, CancellationToken cancellationToken)
    {
        if (!open.GoesOn || open.IsDeleted || (open.IsProven && open.Progress.Deletes is { IsFinished: true })) return open;
        return WhyTooMany(open, around) is { } why ? open with { Stop = why } : await StepAsync(open, delete, around, cancellationToken);
    }

    /// <summary>The proof. What was found before and nobody accepted may be mended by now.</summary>
    public static async Task<OpenCutover> CompareAsync(OpenCutover open, Stage<Job, RunSummary> compare, Surroundings around, CancellationToken cancellationToken)
    {
        if (!open.GoesOn || open.IsProven) return open;
        if (open.Job.Migration.Verify == VerifyBy.None) return open with { Stop = $"The manifest says 'verify: none', so nothing proves that all is across. Say 'size' or 'checksum' there, or take it as it is: {open.Job.Command} {Accept}" };
        open = WithAcceptedExceptions(await StepAsync(open, compare, around, cancellationToken), around);
        if (!open.GoesOn || open.IsProven) return open;
        var found = open.Progress.Verify!;
        if (found.Vanished > 0)
            return open with { Stop = $"{Humane.Count(found.Vanished, "entry", "entries")} went from the source while run {found.Id} compared it: somebody writes there, and nothing is proven. See to it that nobody does; then this command compares anew. What was written since the last pass is not across: --fresh begins with another." };
        return open with
        {
            Stop = $"{CheckedText.Verdict(found.Checked)} All names: {Path.Combine(open.Job.Folders.OfRun(found.Id), "differences")}. " +
                $"To copy what differs and delete what is only on the target: {open.Job.CommandFor("Verify")} --repair; then this command compares anew. Or somebody takes them as they are: {open.Job.Command} {Accept}.",
        };
    }

    // What differs only because of accepted exceptions was accepted with them. Below a directory that is only true where the directory
    // itself is missing or could not be compared: an attribute that failed says nothing of the files in it.
    private static OpenCutover WithAcceptedExceptions(OpenCutover open, Surroundings around)
    {
        if (open is not { GoesOn: true, IsProven: false, Progress: { IsVerified: true, Sync: { Exceptions.IsEmpty: false } sync, Verify: { } verify } }) return open;
        var exceptions = sync.Exceptions.ToDictionary(entry => EntryPath.Parse(entry.Path), entry => entry.Class);
        var differences = new CheckFolder(open.Job.Folders.OfRun(verify.Id));
        var absent = differences.Read()
            .Where(d => d.Kind is DifferenceKind.Missing or DifferenceKind.Unread && exceptions.TryGetValue(d.Path, out var of) && MayBeOf(of, d.Kind))
            .Select(d => d.Path).ToHashSet();
        bool IsAccepted(EntryDifference d) => (exceptions.TryGetValue(d.Path, out var of) && MayBeOf(of, d.Kind)) || ChangeRules.IsBelow(d.Path, absent);
        if (!differences.Read().All(IsAccepted)) return open;
        var count = Humane.Count(exceptions.Count, "entry", "entries");
        var given = open.Record.OfExceptions.ToList();
        return open.With(open.Record with
        {
            Accepted = open.Record.Accepted.Add(new(
                $"{CheckedText.Verdict(verify.Checked)} All of that is among the {count} that could not be copied.",
                verify.Id,
                string.Join("; ", given.Select(one => one.Reason).Where(reason => reason.Length > 0).Distinct()),
                string.Join(", ", given.Select(one => one.By).Distinct()),
                around.Time.GetUtcNow())),
        });
    }

    // An attribute that the target cannot store is no reason for other content.
    private static bool MayBeOf(ExceptionClass of, DifferenceKind kind) => of switch
    {
        ExceptionClass.Attribute => kind is DifferenceKind.Xattr or DifferenceKind.Acl,
        ExceptionClass.Acl => kind is DifferenceKind.Acl or DifferenceKind.Mode or DifferenceKind.Xattr,
        ExceptionClass.Time => kind is DifferenceKind.Time,
        _ => true,
    };

    private static string? WhyTooMany(OpenCutover open, Surroundings around)
    {
        using var store = RunStore.Open(open.Job.Folders.Store, around.Time);
        return DeletionRules.WhyTooMany(open.ToDelete(open.Found!), open.Job.Migration, CopiedRun.Of(open.Job, store).Plan);
    }

    private static async Task<OpenCutover> StepAsync(OpenCutover open, Stage<Job, RunSummary> step, Surroundings around, CancellationToken cancellationToken)
    {
        var summary = await (open.Job | step).RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        open = open.Again(around);
        if (!summary.Run.IsFinished) return open with { Stop = $"{summary.Run.StopReason ?? "Something is left"}: see run {summary.Run.Id}." };
        if (open.IsCovered(summary.Run)) return open;
        ImmutableArray<FailedEntry> left = [.. summary.Run.Exceptions.Where(entry => !open.IsAccepted(entry))];
        if (summary.Run.Started.Mode == RunMode.Delete)
        {
            around.View.Say($"{open.Job.Migration.Name}: {LeftText.Of(left, summary.Run)}. The verification names them as only on the target.");
            return open;
        }
        var accept = summary.Run.Started.Mode == RunMode.Sync
            ? $" To accept them: {open.Job.Command} {Accept}; some of them: --accept={ExceptionClasses.Word(left[0].Class)}, or --accept={ExceptionClasses.Word(left[0].Class)}:PATH, in place of the reason or beside it."
            : "";
        var names = $"All names: {open.Job.CommandFor("Errors")}.";
        return open with { Stop = $"{LeftText.Of(left)}. {names} This command tries them again.{accept}" };
    }
}
