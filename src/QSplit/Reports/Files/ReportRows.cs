using System.Collections.Immutable;

namespace QSplit.Reports.Files;

/// <summary>The figures of a report in brief, each with its name.</summary>
internal static class ReportRows
{
    public static IEnumerable<ImmutableArray<string>> Of(ReportDocument report)
    {
        var (plan, run) = (report.Plan, report.Run);
        return
        [
            ["Migration", report.Status.Migration],
            ["Buckets", run is null ? Humane.Count(plan.Buckets.Length) : $"{plan.Buckets.Count(bucket => bucket.State == "done")} of {plan.Buckets.Length} done"],
            ["Planned", $"{Humane.Bytes(plan.Bytes)}, {Humane.Count(plan.Entries, "entry", "entries")}"],
            .. report.Preview is { } preview ? OfPreview(preview) : [],
            .. report.Verification is { } verification ? OfVerification(verification) : [],
            .. report is { Kind: ReportKind.Run, Run: { } copied } ? OfCopy(copied) : [],
            .. report.Status.Hosts.Where(host => host.SetAside is not null).Select(host => ImmutableArray.Create("Set aside", $"{host.Name}: {host.SetAside}")),
            .. run is null ? OfPlan(plan) : report.Cutover is { } cutover ? [["Time", Span((run.Ended - cutover.Began).TotalSeconds)]] : OfTime(report.Kind, run),
            ["Balance", Balance(plan)],
        ];
    }

    private static IEnumerable<ImmutableArray<string>> OfPlan(ReportPlan plan) =>
    [
        ["Shared directories", Humane.Count(plan.Levels)],
        .. plan.EstimatedSeconds is { } seconds ? [["Estimate", Span(seconds)]] : ImmutableArray<ImmutableArray<string>>.Empty,
    ];

    private static IEnumerable<ImmutableArray<string>> OfPreview(ReportPreview preview) =>
    [
        ["Would create", Humane.Count(preview.Create, "entry", "entries")],
        ["Would update", Humane.Count(preview.Update, "file", "files")],
        ["Would change attributes", Humane.Count(preview.Attributes, "entry", "entries")],
        ["Would delete", preview.WithDeletes ? Humane.Count(preview.Delete, "entry", "entries") : "not asked"],
        ["Would copy", $"{Humane.Bytes(preview.Bytes)}, {Humane.Count(preview.Files, "file", "files")}"],
    ];

    private static IEnumerable<ImmutableArray<string>> OfVerification(ReportVerification found) =>
    [
        ["Run that was compared", found.Of],
        ["Compared", Humane.Count(found.Entries, "entry", "entries")],
        ["Read on both sides", $"{Humane.Bytes(found.Bytes)}, {Humane.Count(found.Files, "file", "files")}{(found.Sample is > 0 and < 1 ? $": a sample of {Humane.Part(found.Sample)}, seed {found.Seed}" : "")}"],
        .. found.Balance.Planned > 0 ? [["Entries", CheckedText.Sum(found.Balance)]] : ImmutableArray<ImmutableArray<string>>.Empty,
        .. found.NotCovered.IsEmpty ? [] : ImmutableArray.Create(ImmutableArray.Create("Not covered", string.Join("; ", found.NotCovered))),
        ["Differences", found.Differences.IsEmpty ? "none" : Humane.Count(found.Differences.Sum(kind => kind.Entries))],
    ];

    private static IEnumerable<ImmutableArray<string>> OfCopy(ReportRun run) =>
    [
        ["Moved", $"{Humane.Bytes(run.MovedBytes)}, {Humane.Count(run.Files, "file", "files")}; {Humane.Count(run.Created, "entry", "entries")} new on the target"],
        .. run.Deleted > 0 ? [["Deleted", Humane.Count(run.Deleted, "entry", "entries")]] : ImmutableArray<ImmutableArray<string>>.Empty,
        .. run.Vanished > 0 ? [["Gone meanwhile", Humane.Count(run.Vanished, "entry", "entries")]] : ImmutableArray<ImmutableArray<string>>.Empty,
    ];

    private static IEnumerable<ImmutableArray<string>> OfTime(ReportKind kind, ReportRun run)
    {
        var (whole, work) = ((run.Ended - run.Began).TotalSeconds, SecondsAtWork(run));
        yield return ["Time", work < whole / 2 ? $"{Span(whole)}, at work for {Span(work)} of it" : Span(whole)];
        if (kind == ReportKind.Run && run.MovedBytes > 0 && work > 0.001) yield return ["Rate", Humane.Rate(run.MovedBytes, TimeSpan.FromSeconds(work))];
    }

    // Between two sessions there may be days.
    private static double SecondsAtWork(ReportRun run)
    {
        var (seconds, until) = (0.0, DateTimeOffset.MinValue);
        foreach (var attempt in run.Attempts)
        {
            if (attempt.Ended is not { } ended || ended <= until) continue;
            seconds += (ended - (attempt.Began > until ? attempt.Began : until)).TotalSeconds;
            until = ended;
        }
        return seconds;
    }

    private static string Balance(ReportPlan plan)
    {
        var planned = plan.Bound > 0 ? $"planned {Humane.Percent(Math.Max(0, plan.Heaviest - plan.Bound), plan.Bound)} over the bound" : "nothing to balance";
        var seconds = plan.Buckets.Where(bucket => bucket.State == "done").Select(bucket => bucket.Seconds).ToList();
        return seconds.Count == 0 ? planned : $"{planned}; longest bucket {Span(seconds.Max())}, mean {Span(seconds.Average())}";
    }

    private static string Span(double seconds) => Humane.Duration(TimeSpan.FromSeconds(seconds));
}
