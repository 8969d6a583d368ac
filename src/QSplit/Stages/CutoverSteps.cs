using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>The steps of a cutover that are runs. One that is done is passed by; one that does not end well stops those behind it.</summary>
internal static class CutoverSteps
{
    private const string Accept = "--accept=\"why\" --by=\"who\"";

    /// <summary>The last pass: begun after the source was frozen.</summary>
    public static async Task<OpenCutover> FollowAsync(OpenCutover open, Stage<Job, RunSummary> follow, Surroundings around, CancellationToken cancellationToken)
    {
        // A pass that was killed right before it listed what is only on the target, or withheld that, is not good enough.
        if (!open.GoesOn || open is { IsSynced: true, Found: { Withheld: null } }) return open;
        open = await StepAsync(open, follow, around, cancellationToken);
        return open is { GoesOn: true, Found.Withheld: { } why } ? open with { Stop = $"{why} Nothing is deleted." } : open;
    }

    /// <summary>What that found only on the target, within the manifest's limit.</summary>
    public static async Task<OpenCutover> DeleteAsync(OpenCutover open, Stage<Job, RunSummary> delete, Surroundings around, CancellationToken cancellationToken)
    {
        if (!open.GoesOn || open.IsDeleted) return open;
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
        if (open is not { GoesOn: true, IsProven: false, Progress: { IsVerified: true, Sync: { } sync, Verify: { } verify } }) return open;
        if (open.Record.AcceptanceOf(sync.Id) is not { } accepted) return open;
        var exceptions = sync.Exceptions.Select(entry => EntryPath.Parse(entry.Path)).ToHashSet();
        var differences = new CheckFolder(open.Job.Folders.OfRun(verify.Id));
        var absent = differences.Read()
            .Where(d => d.Kind is DifferenceKind.Missing or DifferenceKind.Unread && exceptions.Contains(d.Path))
            .Select(d => d.Path).ToHashSet();
        if (!differences.Read().All(d => exceptions.Contains(d.Path) || ChangeRules.IsBelow(d.Path, absent))) return open;
        var count = Humane.Count(exceptions.Count, "entry", "entries");
        var what = $"{CheckedText.Verdict(verify.Checked)} All of that is among the {count} that could not be copied.";
        var covered = accepted with { What = what, Run = verify.Id, At = around.Time.GetUtcNow() };
        return open.With(open.Record with { Accepted = open.Record.Accepted.Add(covered) });
    }

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
        var accept = summary.Run.Started.Mode == RunMode.Sync ? $" To accept them: {open.Job.Command} {Accept}." : "";
        var names = $"All names: {open.Job.CommandFor("Errors")}.";
        return open with { Stop = $"{LeftText.Of(summary.Run.Exceptions)}. {names} This command tries them again.{accept}" };
    }
}
