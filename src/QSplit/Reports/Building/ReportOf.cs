using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Reports.Building;

/// <summary>Makes the report of a plan or a run from what is known of it; pure.</summary>
internal static class ReportOf
{
    /// <summary>A plan that nothing has been done of.</summary>
    /// <param name="terms">Where the trees are, in full.</param>
    /// <param name="status">That nothing was begun.</param>
    public static ReportDocument Plan(Plan plan, RunTerms terms, RunStatus status, DateTimeOffset now, string program) => new(
        ReportDocument.CurrentSchema, ReportKind.Plan, now, program, status, ManifestOf(plan, terms), ReportedPlan.Of(plan, _ => (WorkState.Pending, false)), null, null);

    /// <summary>A run, or a dry run, wherever it stands.</summary>
    /// <param name="run">Folded from <paramref name="events"/>.</param>
    /// <param name="folder">The run's, with the logs in it.</param>
    public static ReportDocument Run(Plan plan, RunState run, IReadOnlyList<TimedEvent> events, RunStatus status, string folder, DateTimeOffset now, string program)
    {
        var isRunning = status.State == RunStanding.Running;
        var attempts = TimedAttempt.Of(events, isRunning);
        return new(
            ReportDocument.CurrentSchema,
            run.Started.Mode switch { RunMode.DryRun => ReportKind.DryRun, RunMode.Verify => ReportKind.Verification, _ => ReportKind.Run },
            now,
            program,
            status,
            ManifestOf(plan, run.Started.Terms),
            ReportedPlan.Of(plan, bucket => (run.Buckets.GetValueOrDefault(bucket.Number, WorkState.Pending), isRunning)),
            RunOf(run, events, attempts, ReportedLeft.Of(run, folder, isRunning), now),
            run.Started.Mode == RunMode.DryRun ? ReportedPreview.Of(run) : null)
        {
            Verification = ReportedVerification.Of(run),
        };
    }

    private static ReportRun RunOf(RunState run, IReadOnlyList<TimedEvent> events, IReadOnlyList<TimedAttempt> attempts, IEnumerable<ReportLeft> left, DateTimeOffset now)
    {
        var (began, ended) = (events[0].At, events[^1].At);
        return new(
            began,
            ended,
            run.Moved.Files,
            run.Moved.Bytes,
            run.Moved.Created,
            run.Vanished,
            [.. ReportedHosts.Of(run, events, attempts, now)],
            [.. attempts.Select(attempt => attempt.ToReport())],
            ReportedThroughput.Of(attempts, began, ended))
        {
            Deleted = run.Moved.Deleted,
            Left = [.. left],
        };
    }

    private static ReportManifest ManifestOf(Plan plan, RunTerms terms) =>
        new(plan.Terms?.Manifest ?? "", plan.Terms?.Sha256 ?? "", terms.Source, terms.Target, terms.Options, terms.Tree);
}
