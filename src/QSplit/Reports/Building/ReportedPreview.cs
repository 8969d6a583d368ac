using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports.Building;

/// <summary>What a dry run found, in all and bucket by bucket.</summary>
internal static class ReportedPreview
{
    public static ReportPreview Of(RunState run)
    {
        var all = run.Preview;
        return new(
            run.Started.Deletes,
            EntriesOf(all, ChangeKind.Create),
            EntriesOf(all, ChangeKind.Update),
            EntriesOf(all, ChangeKind.Attributes),
            EntriesOf(all, ChangeKind.Delete),
            all.Parts.Sum(part => part.Files),
            all.Parts.Sum(part => part.Bytes),
            all.Parts,
            [.. run.Buckets.SelectMany(bucket => BucketOf(bucket.Key, bucket.Value)), .. BucketOf(null, run.Seal)]);
    }

    private static IEnumerable<ReportBucketPreview> BucketOf(int? bucket, WorkState work)
    {
        if (work.Preview is not { } preview) yield break;
        yield return new(
            bucket,
            EntriesOf(preview, ChangeKind.Create),
            EntriesOf(preview, ChangeKind.Update),
            EntriesOf(preview, ChangeKind.Attributes),
            EntriesOf(preview, ChangeKind.Delete),
            preview.Parts.Sum(part => part.Files),
            preview.Parts.Sum(part => part.Bytes));
    }

    private static long EntriesOf(Preview preview, ChangeKind kind) => preview.Parts.Where(part => part.Kind == kind).Sum(part => part.Entries);
}
