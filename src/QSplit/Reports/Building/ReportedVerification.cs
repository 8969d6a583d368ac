using QSplit.Manifests;
using QSplit.Runs;

namespace QSplit.Reports.Building;

/// <summary>What a verification found, in all and bucket by bucket.</summary>
internal static class ReportedVerification
{
    /// <returns>Null for runs that do not verify.</returns>
    public static ReportVerification? Of(RunState run)
    {
        if (run.Started.Check is not { } terms) return null;
        var all = run.Checked;
        return new(
            run.Started.Of,
            terms.By.ToString().ToLowerInvariant(),
            terms.By == VerifyBy.Checksum ? terms.Sample : 0,
            terms.Seed,
            all.Entries,
            all.Summed,
            all.SummedBytes,
            all.Found,
            all.Balance,
            run.Started.NotCovered ?? [],
            [.. run.Buckets.SelectMany(bucket => BucketOf(bucket.Key, bucket.Value)), .. BucketOf(null, run.Seal)]);
    }

    private static IEnumerable<ReportBucketCheck> BucketOf(int? bucket, WorkState work)
    {
        if (work.Checked is not { } found) yield break;
        yield return new(bucket, found.Entries, found.Summed, found.SummedBytes, found.Found.Sum(kind => kind.Entries), found.Balance, found.Lists);
    }
}
