using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Cutovers;

/// <summary>The steps of a cutover, and what came of each so far: pure.</summary>
internal static class Checklist
{
    /// <param name="found">What its last pass found only on the target; null before that was listed.</param>
    /// <param name="toDelete">What of that is to be deleted.</param>
    /// <param name="isCovered">Whether all exceptions of a step were accepted.</param>
    public static ImmutableArray<CutoverItem> Of(
        CutoverRecord record, CutoverProgress progress, Migration migration, DeletionList? found, DeletionList? toDelete, Func<RunState, bool> isCovered) =>
    [
        FreezeItem(record.Frozen),
        PreflightItem(progress.Sync),
        LastPassItem(record, progress.Sync, isCovered),
        LinksItem(progress.Sync),
        DeletesItem(
            progress.Deletes,
            found,
            toDelete,
            isAccepted: progress.Deletes is { } deletes
                && (isCovered(deletes) || record.AcceptanceOf(progress.Verify?.Id ?? "") is not null)),
        SealItem(progress.Deletes ?? progress.Sync, progress.IsSynced),
        VerifyItem(record, progress.Verify, migration.Verify),
        SignOffItem(record.SignedOff),
    ];

    /// <summary>How a source is held still, as a line of the list.</summary>
    public static CutoverItem FreezeItem(FrozenSource frozen) => new("freeze", CutoverStanding.Done, frozen.By == FreezeBy.Snapshot
        ? "by the frozen view of the last pass"
        : $"{frozen.Word} (said at {frozen.At:yyyy-MM-dd HH:mm:ss} UTC)");

    private static CutoverItem PreflightItem(RunState? sync) => sync is null
        ? new("preflight", CutoverStanding.Left, "")
        : new("preflight", CutoverStanding.Done, sync.Equipment is { } equipment ? $"{Humane.Count(equipment.Movers.Count, "host", "hosts")}: {string.Join(", ", equipment.Movers.Select(mover => $"{mover.Key} ({mover.Value})"))}" : "", sync.Id);

    private static CutoverItem LastPassItem(CutoverRecord record, RunState? sync, Func<RunState, bool> isCovered) => sync switch
    {
        null => new("last pass", CutoverStanding.Left, ""),
        { IsFinished: true, Exceptions.IsEmpty: false } => isCovered(sync)
            ? new("last pass", CutoverStanding.Done, $"{LeftText.Of(sync.Exceptions)}. {string.Join(". ", record.OfExceptions.Select(accepted => accepted.Words).Distinct())}", sync.Id)
            : new("last pass", CutoverStanding.Open, $"{LeftText.Of(sync.Exceptions)}; run {sync.Id}", sync.Id),
        { IsFinished: true } => new("last pass", CutoverStanding.Done, $"{Humane.Bytes(sync.Moved.Bytes)} in {Humane.Count(sync.Moved.Files, "file", "files")}, {Humane.Count(sync.Moved.Created, "entry", "entries")} new; run {sync.Id}", sync.Id),
        _ => new("last pass", CutoverStanding.Open, $"{sync.DoneBuckets.Count()} of {sync.Buckets.Count} buckets are across; run {sync.Id}", sync.Id),
    };

    private static CutoverItem LinksItem(RunState? sync) => sync switch
    {
        { Started.Links: > 0, Links.IsDone: true } => new("links", CutoverStanding.Done, $"{Humane.Count(sync.Started.Links, "name", "names")} over several buckets", sync.Id),
        { IsFinished: true } => new("links", CutoverStanding.Done, "none over several buckets", sync.Id),
        _ => new("links", CutoverStanding.Left, ""),
    };

    private static CutoverItem DeletesItem(
        RunState? run, DeletionList? found, DeletionList? toDelete, bool isAccepted) => (run, found, toDelete) switch
        {
            ({ IsFinished: true, Exceptions.IsEmpty: false }, _, _) when !isAccepted =>
                new("deletes", CutoverStanding.Open, $"{LeftText.Of(run.Exceptions, run)}; run {run.Id}", run.Id),
            ({ IsFinished: true }, _, _) => new("deletes", CutoverStanding.Done, $"{Humane.Count(run.Moved.Deleted)} of {Humane.Count(run.Started.Deletions, "entry", "entries")} that were only on the target; run {run.Id}", run.Id),
            ({ }, _, _) => new("deletes", CutoverStanding.Open, $"{Humane.Count(run.Started.Deletions, "entry", "entries")} that are only on the target; run {run.Id}", run.Id),
            (_, { Withheld: { } why }, _) => new("deletes", CutoverStanding.Open, why),
            (_, { Items.IsEmpty: true }, _) => new("deletes", CutoverStanding.Done, "nothing is only on the target"),
            (_, { }, { Items.IsEmpty: true }) => new("deletes", CutoverStanding.Done, $"none: the list that was reviewed names nothing of {Humane.Count(found.Entries, "entry", "entries")} that are only on the target"),
            (_, _, { } list) => new("deletes", CutoverStanding.Open, $"{Humane.Count(list.Entries, "entry", "entries")} that are only on the target"),
            _ => new("deletes", CutoverStanding.Left, ""),
        };

    private static CutoverItem SealItem(RunState? last, bool isSynced) => last is { IsFinished: true } && isSynced
        ? new("seal", CutoverStanding.Done, "times and modes of the shared directories", last.Id)
        : new("seal", CutoverStanding.Left, "");

    private static CutoverItem VerifyItem(CutoverRecord record, RunState? run, VerifyBy by) => (run, record.AcceptanceOf(run?.Id ?? "")) switch
    {
        _ when by == VerifyBy.None => record.AcceptanceOf("") is { } none
            ? new("verify", CutoverStanding.Done, $"not compared. {none.Words}")
            : new("verify", CutoverStanding.Open, "the manifest says 'verify: none'"),
        (null, _) => new("verify", CutoverStanding.Left, ""),
        ({ IsFinished: false }, _) => new("verify", CutoverStanding.Open, $"{run.DoneBuckets.Count()} of {run.Buckets.Count} buckets are compared; run {run.Id}", run.Id),
        ({ Vanished: > 0 }, _) => new("verify", CutoverStanding.Open, $"{Humane.Count(run.Vanished, "entry", "entries")} went from the source meanwhile: it is not frozen; run {run.Id}", run.Id),
        ({ Checked.IsClean: true }, _) => new("verify", CutoverStanding.Done, $"{Humane.Count(run.Checked.Entries, "entry", "entries")} are alike, by {CheckedText.Terms(run.Started.Check!)}{Covered(run)}; run {run.Id}", run.Id),
        (_, { } accepted) => new("verify", CutoverStanding.Done, $"{accepted.What} {accepted.Words}{Covered(run)}", run.Id),
        _ => new("verify", CutoverStanding.Open, $"{CheckedText.Verdict(run.Checked)} Run {run.Id}", run.Id),
    };

    // What was proven, in numbers, and what was not.
    private static string Covered(RunState run) =>
        (run.Checked.Planned > 0 ? $"; {CheckedText.Sum(run.Checked.Balance)}" : "") +
        (run.Started.NotCovered is { IsEmpty: false } rest ? $"; not covered: {string.Join("; ", rest)}" : "");

    private static CutoverItem SignOffItem(SignedOff? ended) => ended is null
        ? new("sign-off", CutoverStanding.Left, "")
        : new("sign-off", CutoverStanding.Done, $"sha256:{ended.Digest}, {(ended.Key is { } key ? $"signed by {key}" : "not signed by a key")}, {ended.At:yyyy-MM-dd HH:mm:ss} UTC");
}
