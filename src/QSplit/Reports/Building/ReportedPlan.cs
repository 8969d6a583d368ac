using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Reports.Building;

/// <summary>The plan in a report, with what became of its buckets.</summary>
internal static class ReportedPlan
{
    /// <param name="stateOf">Where a bucket stands, and whether a controller is at work on the run now.</param>
    public static ReportPlan Of(Plan plan, Func<Bucket, (WorkState Work, bool IsRunning)> stateOf) => new(
        plan.Digest,
        plan.Stamp,
        plan.Source,
        plan.Snapshot?.Directory,
        plan.Totals.Bytes,
        plan.Totals.LogicalBytes,
        plan.Totals.Entries,
        PlanDocument.Unit(plan.Balance.By),
        plan.Balance.Heaviest,
        plan.Balance.Mean,
        plan.Balance.Bound,
        plan.Estimate?.Calendar.TotalSeconds,
        [.. plan.Buckets.OrderBy(bucket => bucket.Number).Select(bucket => BucketOf(plan, bucket, stateOf(bucket)))],
        plan.Levels.Length,
        [.. plan.Outline.Directories.Select(d => new ReportDirectory(d.Path.ToString(), d.Totals.Bytes, d.Totals.LogicalBytes, d.Totals.Entries))],
        [.. plan.LargestFiles.Select(file => new ReportFile(file.Path.ToString(), file.Totals.Bytes, file.Totals.LogicalBytes))],
        [.. plan.Notes.Select(note => new ReportNote(PlanDocument.KindOf(note), note.Path.ToString(), note.Text))]);

    private static ReportBucket BucketOf(Plan plan, Bucket bucket, (WorkState Work, bool IsRunning) state) => new(
        bucket.Number,
        BucketFile.NameOf(plan.Stamp, bucket),
        bucket.Totals.Bytes,
        bucket.Totals.LogicalBytes,
        bucket.Totals.Entries,
        bucket.Items.Length,
        bucket.Estimate.TotalSeconds,
        PlanSections.Weight(plan.Balance.By, bucket),
        WorkWords.StateOf(state.Work, state.IsRunning),
        state.Work.Attempts,
        state.Work.Moved.Files,
        state.Work.Moved.Bytes,
        state.Work.Moved.Created,
        state.Work.Seconds,
        WorkWords.ReasonOf(state.Work, state.IsRunning));
}
