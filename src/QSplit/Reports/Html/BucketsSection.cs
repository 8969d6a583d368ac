using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>The buckets as a table.</summary>
internal static class BucketsSection
{
    private static readonly HtmlTable Untried = new(
        [new("Bucket", "n"), new("Bytes", "n"), new("Entries", "n"), new("Items", "n"), new("Estimated", "n"), new("List", "wide")],
        "bucket",
        "buckets",
        Shown: 0);

    private static readonly HtmlTable Tried = new(
        [
            new("Bucket", "n"), new("State"), new("Bytes", "n"), new("Entries", "n"), new("Estimated", "n"), new("Took", "n"), new("Attempts", "n"),
            new("Files", "n"), new("Moved", "n"), new("New", "n"), new("Why it is not done", "wide"),
        ],
        "bucket",
        "buckets",
        Shown: 0);

    public static Markup Of(ReportDocument document)
    {
        var buckets = document.Plan.Buckets;
        if (buckets.IsDefaultOrEmpty) return Markup.Nothing;
        return Section.Of("buckets", "Buckets", Markup.Nothing, document.Run is null ? Untried.Of(buckets, Plan) : Tried.Of(buckets, Outcome));
    }

    private static ImmutableArray<Markup> Plan(ReportBucket bucket, int index)
    {
        var path = $"plan.buckets[{index}]";
        return
        [
            Number(bucket, path),
            Figure.Bytes($"{path}.bytes", bucket.Bytes),
            Figure.Count($"{path}.entries", bucket.Entries),
            Figure.Count($"{path}.items", bucket.Items),
            Figure.Seconds($"{path}.estimatedSeconds", bucket.EstimatedSeconds),
            NameMarkup.Path(bucket.File),
        ];
    }

    private static ImmutableArray<Markup> Outcome(ReportBucket bucket, int index)
    {
        var path = $"plan.buckets[{index}]";
        return
        [
            Number(bucket, path),
            Icons.Badge(bucket.State, Markup.Of($"{bucket.State}")),
            Figure.Bytes($"{path}.bytes", bucket.Bytes),
            Figure.Count($"{path}.entries", bucket.Entries),
            Figure.Seconds($"{path}.estimatedSeconds", bucket.EstimatedSeconds),
            Figure.Seconds($"{path}.seconds", bucket.Seconds),
            Figure.Count($"{path}.attempts", bucket.Attempts),
            Figure.Count($"{path}.files", bucket.Files),
            Figure.Bytes($"{path}.movedBytes", bucket.MovedBytes),
            Figure.Count($"{path}.created", bucket.Created),
            Markup.Of($"<bdi>{bucket.Reason}</bdi>"),
        ];
    }

    private static Markup Number(ReportBucket bucket, string path) => Figure.Of($"{path}.number", bucket.Number, $"{bucket.Number}");
}
