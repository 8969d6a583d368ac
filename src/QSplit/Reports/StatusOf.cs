using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>Says what a run is like, from what its events tell and what its controller said last; pure.</summary>
internal static class StatusOf
{
    /// <summary>In words, of a run that nothing stopped and that is not finished.</summary>
    public const string SomethingLeft = "stopped: it ended with something left";

    /// <summary>A migration that was never begun.</summary>
    /// <param name="controller">Which controller works on it; null where none does.</param>
    public static RunStatus Nothing(string migration, string command, DateTimeOffset at, string? controller = null) => Busy(
        new(
            migration, null, RunStanding.None, "no run yet", at, null, null, null, null, null, null, new(0, 0, 0, 0, 0), [], [], [],
            $"To begin: {command}"),
        controller);

    /// <summary>What is different when a controller works on the migration: between runs, or before it has begun this one.</summary>
    /// <param name="controller">Null where none does.</param>
    public static RunStatus Busy(RunStatus status, string? controller) =>
        controller is null || status.State == RunStanding.Running ? status : status with
        {
            Words = $"{status.Words}; {controller} works on the migration now",
            Next = null,
            IsWell = true,
        };

    /// <param name="plan">What the run carries out; null when it cannot be read.</param>
    /// <param name="said">What the controller said last; null when it said nothing or took it back at its end.</param>
    /// <param name="folder">The run's.</param>
    /// <param name="command">What comes next: how to go on, for a dry run how to look again or to carry it out; null when a newer run took its place.</param>
    public static RunStatus Run(string migration, RunState run, Plan? plan, ProgressReport? said, string folder, string? command, DateTimeOffset at)
    {
        var (state, words) = Standing(run, said, at);
        var now = state == RunStanding.Running ? said!.Now : null;
        var rows = now is null ? [] : Rows(run, now);
        var failures = Failures(run, folder, isRunning: now is not null);
        return new RunStatus(
            migration,
            run.Id,
            state,
            words,
            at,
            state == RunStanding.Finished ? null : said?.Controller,
            state == RunStanding.Finished ? null : said?.At,
            plan is null ? now?.Done : plan.Buckets.Where(bucket => IsDone(run, bucket)).Sum(bucket => bucket.Totals.Bytes) + rows.Sum(row => row.Bytes),
            plan is null ? now?.Total : plan.Buckets.Sum(bucket => bucket.Totals.Bytes),
            now?.BytesPerSecond,
            now?.Left?.TotalSeconds,
            new(
                run.Buckets.Count,
                run.DoneBuckets.Count(),
                rows.Length,
                failures.Count(failure => failure.Bucket is not null),
                run.LeftBuckets.Count()),
            rows,
            now?.Hosts ?? [.. run.SetAside.Select(host => new HostRow(host.Key, 0, 0, host.Value, null, false))],
            failures,
            Next(state, run, command, folder, isSilent: now is not null && !said!.IsFresh(at)))
        {
            Mode = run.Started.Mode,
            IsWell = state == RunStanding.Running
                ? said!.IsFresh(at)
                : state == RunStanding.Finished && (run.Exceptions.IsEmpty || run.IsLeftToNext) && run.Checked.IsClean,
        };
    }

    private static (RunStanding State, string Words) Standing(RunState run, ProgressReport? said, DateTimeOffset at)
    {
        if (run.IsLeftToNext) return (RunStanding.Finished, "finished");
        if (run is { IsFinished: true, Exceptions: { IsEmpty: false } exceptions })
            return (RunStanding.Finished, $"finished with exceptions: {LeftText.Of(exceptions, run)}");
        if (run.IsFinished) return (RunStanding.Finished, "finished");
        if (run.StopReason is { } reason) return (RunStanding.Stopped, $"stopped: {reason}");
        if (said is not null && said.IsFresh(at)) return (RunStanding.Running, $"running, by {said.Controller}{(said.Now.Standstill is { } why ? $"; {why}" : "")}");
        if (said is { IsAlive: true })
        {
            var words = $"its controller ({said.Controller}) lives, but has reported nothing for {Humane.Duration(at - said.At)}";
            return (RunStanding.Running, $"{words}: it is suspended, or its disk is full");
        }
        if (said is not null)
            return (RunStanding.Stopped, $"stopped: its controller ({said.Controller}) died; it was last heard of {Humane.Duration(at - said.At)} ago");
        return run.Works.Any(work => work.State.Running is not null)
            ? (RunStanding.Stopped, "stopped: its controller died")
            : (RunStanding.Stopped, SomethingLeft);
    }

    private static string? Next(RunStanding state, RunState run, string? command, string folder, bool isSilent) => (state, run.Started.Mode, command) switch
    {
        (RunStanding.Running, _, { } next) when isSilent => $"Let it continue (kill -CONT), or end it. Then, to go on: {next}",
        (RunStanding.Running, _, _) => null,
        (RunStanding.Finished, _, { } next) when run.IsLeftToNext => $"{LeftText.Changed(run.Exceptions)} All names: {CommandText.For("Errors", next)}.",
        (RunStanding.Finished, RunMode.Sync, { } next) when LeftText.AreUndeleted(run.Exceptions, run) =>
            $"All names: {CommandText.For("Errors", next)}. The next sync lists them again: {next}",
        (RunStanding.Finished, _, { } next) when !run.Exceptions.IsEmpty =>
            $"All names: {CommandText.For("Errors", next)}. To try them again: {next}",
        (RunStanding.Finished, _, null) when !run.Exceptions.IsEmpty => "A newer run took its place.",
        (RunStanding.Finished, RunMode.Copy, _) => "All is done.",
        (RunStanding.Finished, RunMode.Sync, { } next) => RunSummary.Synced(run, next, folder),
        (RunStanding.Finished, RunMode.Repair, { } next) => RunSummary.Repaired(next),
        (RunStanding.Finished, RunMode.Delete, _) => RunSummary.IsDeleted,
        (RunStanding.Finished, RunMode.Look, _) => RunSummary.IsLooked,
        (RunStanding.Finished, RunMode.Verify, _) => CheckedText.Verdict(run.Checked),
        (_, _, null) => "A newer run took its place.",
        (RunStanding.Finished, _, _) => $"To carry it out: {command}",
        (_, RunMode.DryRun, _) => $"To look again: {command}",
        _ => $"To go on: {command}",
    };

    // A bucket with exceptions is copied except for those.
    private static bool IsDone(RunState run, Bucket bucket) => run.Buckets.GetValueOrDefault(bucket.Number) is { } state && run.IsOver(state);

    // The events are newer than the controller's word by up to two seconds: they say what runs, it says how far that was.
    private static ImmutableArray<StatusRow> Rows(RunState run, ProgressSnapshot now)
    {
        var seen = now.Rows.ToDictionary(row => (row.Bucket, row.Attempt));
        return
        [
            .. run.Buckets.Values.Select(bucket => bucket.Running).OfType<RunEvent.AttemptStarted>()
                .OrderBy(attempt => new Slot(attempt.Host, attempt.Slot))
                .Select(attempt => Row(attempt, seen.GetValueOrDefault((attempt.Work.Bucket, attempt.Attempt)))),
        ];
    }

    private static StatusRow Row(RunEvent.AttemptStarted attempt, ProgressRow? seen) => new(
        attempt.Host, attempt.Slot, attempt.Work.Bucket, attempt.Attempt, seen?.Fraction ?? 0, seen?.Bytes ?? 0, seen?.Elapsed.TotalSeconds ?? 0);

    // An attempt that nobody ended died with its controller: how the one before it ended is still the last that is known.
    private static ImmutableArray<StatusFailure> Failures(RunState run, string folder, bool isRunning) =>
    [
        .. run.Works
            .Where(item => item.State.Last is not (null or TransferOutcome.Succeeded or TransferOutcome.Interrupted) && !(isRunning && item.State.Running is not null))
            .Select(item => new StatusFailure(
                item.Work.ToString(),
                item.Work.IsBucket ? item.Work.Bucket : null,
                item.State.Attempts,
                ProgressText.Reason(item.State.Last!),
                RunSummary.LogOf(folder, item.Work, item.State))),
    ];
}
