using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports.Files;

/// <summary>A bucket or a pass as a test.</summary>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Skipped">Why it was not tried; null when it was.</param>
/// <param name="Details">More about it; empty is none.</param>
internal sealed record JUnitCase(string Name, double Seconds, string? Failure, string? Skipped, string Details)
{
    private const string Levels = "shared directories";

    /// <summary>The buckets by number, then what else there is to say.</summary>
    public static IEnumerable<JUnitCase> Of(ReportDocument report)
    {
        var left = report.Run?.Left.Where(one => one.Bucket is not null).ToDictionary(one => one.Bucket!.Value) ?? [];
        var checks = report.Verification?.Buckets.Where(one => one.Bucket is not null).ToDictionary(one => one.Bucket!.Value) ?? [];
        var previews = report.Preview?.Buckets.Where(one => one.Bucket is not null).ToDictionary(one => one.Bucket!.Value) ?? [];
        return
        [
            .. report.Plan.Buckets.Select(bucket => OfBucket(report, bucket, left.GetValueOrDefault(bucket.Number), previews.GetValueOrDefault(bucket.Number), checks.GetValueOrDefault(bucket.Number))),
            .. report.Run?.Left.Where(one => one.Bucket is null).Select(pass => Failed(report, pass, 0)) ?? [],
            .. report.Preview?.Buckets.Where(one => one.Bucket is null).Select(levels => new JUnitCase(Levels, 0, null, null, Words(levels))) ?? [],
            .. report.Verification?.Buckets.Where(one => one.Bucket is null).Select(levels => OfCheck(Levels, 0, levels)) ?? [],
        ];
    }

    private static JUnitCase OfBucket(ReportDocument report, ReportBucket bucket, ReportLeft? left, ReportBucketPreview? preview, ReportBucketCheck? check)
    {
        var name = $"bucket {bucket.Number}";
        return bucket.State switch
        {
            "done" when check is not null => OfCheck(name, bucket.Seconds, check),
            "done" => new(name, bucket.Seconds, null, null, preview is null ? "" : Words(preview)),
            "failed" when left is not null => Failed(report, left, bucket.Seconds),
            "running" => new(name, bucket.Seconds, null, "it runs", ""),
            _ => new(name, bucket.Seconds, null, report.Kind == ReportKind.Plan ? "planned" : bucket.Reason ?? "not begun", ""),
        };
    }

    private static JUnitCase OfCheck(string name, double seconds, ReportBucketCheck check) => new(
        name,
        seconds,
        check.Differences == 0 ? null : Humane.Count(check.Differences, "difference", "differences"),
        null,
        $"{Humane.Count(check.Entries, "entry", "entries")} compared, {Humane.Bytes(check.Bytes)} in {Humane.Count(check.Files, "file", "files")} read on both sides");

    private static JUnitCase Failed(ReportDocument report, ReportLeft left, double seconds) => new(
        left.Work,
        seconds,
        IsLeftToNext(report, left) ? null : left.Reason ?? "not done",
        null,
        string.Join('\n', DetailsOf(report, left)));

    // As it is no failure of the sync: see RunSummary.IsLeftToNext.
    private static bool IsLeftToNext(ReportDocument report, ReportLeft left) =>
        report.Status.Mode == RunMode.Sync && left.Entries > 0 && left.Entries == left.First.Length
        && left.First.All(entry => entry.Class == ExceptionClass.Changed);

    private static IEnumerable<string> DetailsOf(ReportDocument report, ReportLeft left)
    {
        if (left.Log is { } log) yield return $"Log: {log}";
        foreach (var entry in left.First) yield return $"{entry.Path}: {entry.Reason}";
        if (left.Entries > left.First.Length) yield return $"and {Humane.Count(left.Entries - left.First.Length)} more";
        if (report.Status.Next is { } next) yield return next;
    }

    private static string Words(ReportBucketPreview preview) =>
        $"create {Humane.Count(preview.Create)}, update {Humane.Count(preview.Update)}, change attributes of {Humane.Count(preview.Attributes)}, delete {Humane.Count(preview.Delete)}; "
        + $"{Humane.Count(preview.Files, "file", "files")}, {Humane.Bytes(preview.Bytes)}";
}
