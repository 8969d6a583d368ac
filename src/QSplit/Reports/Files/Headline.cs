namespace QSplit.Reports.Files;

/// <summary>The one sentence or two that a report begins with: where it stands, what is left, what to do now.</summary>
internal static class Headline
{
    public static string Of(ReportDocument report) => string.Join(' ', new[]
    {
        report.Kind == ReportKind.DryRun ? "Nothing was written." : null,
        report.Status.State switch
        {
            RunStanding.Running => $"It is {report.Status.Words}.",
            RunStanding.Stopped when report.Status.Words is not StatusOf.SomethingLeft => $"The run {report.Status.Words}.",
            _ => null,
        },
        report.Run is null ? null : WhatIsLeft([.. report.Plan.Buckets.Where(bucket => bucket.State != "done")]),
        report.Run is { } run && report.Status.State == RunStanding.Stopped && IsTargetFull(report.Plan, run) ? "Make room on the target first." : null,
        report.Status.Next,
    }.OfType<string>());

    private static string? WhatIsLeft(ReportBucket[] left) => left.Length == 0
        ? null
        : $"{Humane.Count(left.Length, "bucket", "buckets")} of {Humane.Bytes(left.Sum(bucket => bucket.Bytes))} {(left.Length == 1 ? "is" : "are")} left.";

    private static bool IsTargetFull(ReportPlan plan, ReportRun run)
    {
        var left = plan.Buckets.Where(bucket => bucket.State != "done").ToDictionary(bucket => bucket.Number, bucket => bucket.Attempts);
        return run.Attempts.Any(attempt => attempt is { Outcome: "noSpace", Bucket: { } bucket } && left.GetValueOrDefault(bucket) == attempt.Attempt);
    }
}
