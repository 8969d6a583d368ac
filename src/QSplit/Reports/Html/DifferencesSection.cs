using System.Collections.Immutable;
using QSplit.Verifications;

namespace QSplit.Reports.Html;

/// <summary>What a verification found that is not alike, by kind, with the first names.</summary>
internal static class DifferencesSection
{
    private static readonly HtmlTable Table = new([new("Difference"), new("Entries", "n"), new("First names", "wide")], "kind", "kinds", Shown: 40);

    private static readonly HtmlTable BucketTable = new(
        [new("Bucket", "n"), new("Planned", "n"), new("Compared", "n"), new("Not compared", "n"), new("Read on both sides", "n"), new("Bytes", "n"), new("Differences", "n"), new("SHA-256 of its checksums", "wide")],
        "bucket",
        "buckets",
        Shown: 0);

    public static Markup Of(ReportVerification? found)
    {
        if (found is null) return Markup.Nothing;
        return Section.Of("differences", "How source and target compare", Lead(found), Markup.Of($"""
            {Coverage(found)}{(found.Differences.IsDefaultOrEmpty ? Markup.Nothing : Table.Of(found.Differences, Kind))}{(found.Buckets.IsDefaultOrEmpty ? Markup.Nothing : Markup.Of($"<h3>By bucket</h3>{BucketTable.Of(found.Buckets, Bucket)}"))}
            """));
    }

    private static Markup Lead(ReportVerification found) => found.Differences.IsDefaultOrEmpty
        ? Markup.Of($"No difference in {Humane.Count(found.Entries, "entry", "entries")} of run {Figure.Of("verification.of", found.Of)}: nothing missing, nothing only on the target, nothing other.")
        : Markup.Of($"What is not alike after run {Figure.Of("verification.of", found.Of)}. An entry may differ in several ways. All names are in differences/ beside this page.");

    private static Markup Coverage(ReportVerification found)
    {
        var sum = found.Balance.Planned > 0 ? Markup.Of($"<p>Entries: {CheckedText.Sum(found.Balance)}.</p>\n") : Markup.Nothing;
        return found.NotCovered.IsDefaultOrEmpty ? sum : Markup.Of($"{sum}<p>Not covered: {string.Join("; ", found.NotCovered)}.</p>\n");
    }

    private static ImmutableArray<Markup> Kind(Found kind, int index) =>
    [
        Markup.Of($"{CheckedText.Word(kind.Kind)}"),
        Figure.Count($"verification.differences[{index}].entries", kind.Entries),
        kind.First.IsDefaultOrEmpty ? Markup.Nothing : Markup.Of($"""
            <details class="names"><summary>{NameMarkup.Path(kind.First[0])}</summary><ul>{kind.First.Select(name => Markup.Of($"<li>{NameMarkup.Path(name)}</li>"))}</ul></details>
            """),
    ];

    private static ImmutableArray<Markup> Bucket(ReportBucketCheck bucket, int index)
    {
        var path = $"verification.buckets[{index}]";
        return
        [
            bucket.Bucket is { } number ? Figure.Of($"{path}.bucket", number, $"{number}") : Markup.Of($"levels"),
            Figure.Count($"{path}.balance.planned", bucket.Balance.Planned),
            Figure.Count($"{path}.entries", bucket.Entries),
            Figure.Count($"{path}.balance.notCompared", bucket.Balance.NotCompared),
            Figure.Count($"{path}.files", bucket.Files),
            Figure.Bytes($"{path}.bytes", bucket.Bytes),
            Figure.Count($"{path}.differences", bucket.Differences),
            Markup.Join(bucket.Lists.Select(list => Markup.Of($"<span class=\"line\"><code>{list.Sha256}</code></span>"))),
        ];
    }
}
