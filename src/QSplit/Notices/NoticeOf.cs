using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Notices;

/// <summary>What is told of a run, and when nothing is: pure.</summary>
internal static class NoticeOf
{
    private const int Longest = 2000;

    /// <summary>A run begins, or goes on.</summary>
    public static Notice Start(Plan plan, RunState run, DateTimeOffset now) => Of(
        NotifyOn.Start,
        run,
        now,
        run.Works.Any(work => work.State.Attempts > 0)
            ? $"{What(run.Started.Mode)} goes on: {run.DoneBuckets.Count()} of {Humane.Count(run.Buckets.Count, "bucket is", "buckets are")} done."
            : $"{What(run.Started.Mode)} begins: {Humane.Bytes(plan.Totals.Bytes)} in {Humane.Count(run.Buckets.Count, "bucket", "buckets")}.");

    /// <summary>Something is left, and nothing moves.</summary>
    /// <param name="why">In words: <c>no host is left</c>.</param>
    public static Notice Stalled(RunState run, string why, DateTimeOffset now) => Of(NotifyOn.Stalled, run, now, $"{What(run.Started.Mode)} stands still: {why}.");

    /// <summary>What came of a run; null where there was nothing to do from the start.</summary>
    public static Notice? End(RunSummary summary, DateTimeOffset now)
    {
        if (summary.WasFinished) return null;
        var (run, differs) = (summary.Run, summary.Run is { IsVerification: true, Checked.IsClean: false });
        var isDone = run.IsFinished && !differs && summary is not { IsWithExceptions: true, IsLeftToNext: false };
        return Of(isDone ? NotifyOn.End : NotifyOn.Failure, run, now, isDone ? $"{summary.HowToGoOn} {Figures(summary)}" : summary.HowToGoOn) with
        {
            Next = isDone ? null : differs ? summary.RepairCommand : summary.Command,
            Report = summary.PagePath,
        };
    }

    /// <summary>A cutover begins, or goes on.</summary>
    public static Notice CutoverBegins(string migration, string cutover, bool goesOn, DateTimeOffset now) =>
        new(NotifyOn.Start, migration, cutover, null, now, TextOf(migration, goesOn ? "the cutover goes on." : "the cutover begins."));

    /// <summary>What came of a cutover; null where it was signed off before.</summary>
    public static Notice? CutoverEnds(CutoverSummary summary, DateTimeOffset now) => summary.WasSignedOff ? null
        : new Notice(summary.Cutover.IsSignedOff ? NotifyOn.End : NotifyOn.Failure, summary.Migration, summary.Cutover.Id, null, now, TextOf(summary.Migration, summary.HowToGoOn)) with
        {
            Next = summary.Cutover.IsSignedOff ? null : summary.Command,
            Report = summary.PagePath,
        };

    /// <summary>A run that could not begin, or was ended by what nobody can go on with.</summary>
    /// <param name="why">What was thrown says it.</param>
    /// <param name="next">The command to go on with.</param>
    public static Notice Broken(string migration, string? run, RunMode? mode, string why, string next, DateTimeOffset now) =>
        new(NotifyOn.Failure, migration, run, mode, now, TextOf(migration, why)) { Next = next };

    private static Notice Of(NotifyOn what, RunState run, DateTimeOffset now, string text)
    {
        var (moved, found) = (run.Moved, run.Checked);
        return new(what, run.Started.Migration, run.Id, run.Started.Mode, now, TextOf(run.Started.Migration, text))
        {
            Bytes = run.IsVerification ? found.SummedBytes : moved.Bytes,
            Files = run.IsVerification ? found.Summed : moved.Files,
            BucketsDone = run.DoneBuckets.Count(),
            BucketsLeft = run.LeftBuckets.Count(),
        };
    }

    private static string Figures(RunSummary summary) => summary.Run.IsVerification
        ? $"{Humane.Count(summary.Run.Checked.Entries, "entry", "entries")} compared in {Humane.Duration(summary.Elapsed)}."
        : $"{Humane.Bytes(summary.Moved.Bytes)} in {Humane.Count(summary.Moved.Files, "file", "files")} moved in {Humane.Duration(summary.Elapsed)}.";

    private static string What(RunMode mode) => mode switch
    {
        RunMode.Sync => "the sync",
        RunMode.Verify => "the verification",
        RunMode.Repair => "the repair",
        RunMode.Delete => "deleting",
        RunMode.Look => "looking at the target",
        _ => "the copy",
    };

    private static string TextOf(string migration, string words)
    {
        var line = $"{migration}: {string.Join(' ', words.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}";
        return line.Length <= Longest ? line : line[..(Longest - 3)] + "...";
    }
}
