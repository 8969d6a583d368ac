using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;

namespace QSplit.Reports;

/// <summary>A plan as a table of text, for <c>--target=Plan</c>.</summary>
public static class PlanTable
{
    private static readonly ImmutableArray<string> Head = ["bucket", "file", "size", "entries", "items", "estimate", "share"];

    /// <summary>The lines: a row a bucket, the sum, how even it is, how many levels there are, and the notes.</summary>
    public static ImmutableArray<string> Lines(Plan plan) =>
    [
        $"{plan.Migration}: {plan.Source}",
        .. Columns([Head, .. plan.Buckets.Select(bucket => Row(plan, bucket)), Sum(plan)]),
        BalanceOf(plan),
        $"{Humane.Count(plan.Levels.Length, "directory is", "directories are")} shared by the buckets and finished after them.",
        .. plan.Notes.Select(note => $"{note.Path}: {note.Text}"),
    ];

    private static ImmutableArray<string> Row(Plan plan, Bucket bucket) =>
    [
        Humane.Count(bucket.Number),
        BucketFile.NameOf(plan.Stamp, bucket),
        Humane.Bytes(bucket.Totals.Bytes),
        Humane.Count(bucket.Totals.Entries),
        Humane.Count(bucket.Items.Length),
        Humane.Duration(bucket.Estimate),
        Humane.Percent(Weight(plan.Balance.By, bucket), plan.Buckets.Sum(b => Weight(plan.Balance.By, b))),
    ];

    private static ImmutableArray<string> Sum(Plan plan) =>
    [
        "all",
        "",
        Humane.Bytes(plan.Totals.Bytes),
        Humane.Count(plan.Totals.Entries),
        Humane.Count(plan.Buckets.Sum(bucket => bucket.Items.Length)),
        Humane.Duration(plan.Buckets.Aggregate(TimeSpan.Zero, (sum, bucket) => sum + bucket.Estimate)),
        "",
    ];

    private static string BalanceOf(Plan plan)
    {
        var (by, heaviest, mean, bound) = plan.Balance;
        if (plan.Buckets.IsEmpty) return "There is nothing to move.";
        var over = bound > 0 ? Humane.Percent(Math.Max(0, heaviest - bound), bound) : Humane.Percent(0, 1);
        return $"Balance: heaviest bucket {Weight(by, heaviest)}, mean {Weight(by, mean)}; {over} over the least possible, {Weight(by, bound)}.";
    }

    private static double Weight(BalanceBy by, Bucket bucket) => by switch
    {
        BalanceBy.Capacity => bucket.Totals.Bytes,
        BalanceBy.Files => bucket.Totals.Entries,
        _ => bucket.Estimate.TotalSeconds,
    };

    private static string Weight(BalanceBy by, double weight) => by switch
    {
        BalanceBy.Capacity => Humane.Bytes((long)weight),
        BalanceBy.Files => Humane.Count((long)Math.Ceiling(weight), "entry", "entries"),
        _ => Humane.Duration(TimeSpan.FromSeconds(weight)),
    };

    /// <summary>Numbers to the right; the file's name, which is text, to the left.</summary>
    private static IEnumerable<string> Columns(ImmutableArray<ImmutableArray<string>> rows)
    {
        var widths = Enumerable.Range(0, Head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, i) => Head[i] == "file" ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }
}
