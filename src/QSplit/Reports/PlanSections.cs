using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Reports;

/// <summary>What is shown of a plan: pure.</summary>
internal static class PlanSections
{
    private const int MostDirectories = 10;
    private const int MostChanges = 20;

    /// <summary>Buckets and balance, the estimate, what is largest, what is different, what a person should know.</summary>
    /// <param name="last">What is compared with; null without an earlier plan of the same tree.</param>
    public static ImmutableArray<PlanSection> Of(Plan plan, LastPlan? last) =>
    [
        new(null, Buckets(plan), [BalanceOf(plan), $"{Humane.Count(plan.Levels.Length, "directory is", "directories are")} shared by the buckets and finished after them.", .. Estimate(plan)]),
        .. Optional("Largest directories", Directories(plan)),
        .. Optional("Largest files", Files(plan)),
        .. Optional("Other file systems", Mounts(plan)),
        .. Difference(last),
        .. NotesOf(plan) is { IsEmpty: false } notes ? [new("Good to know", null, notes)] : ImmutableArray<PlanSection>.Empty,
    ];

    // Other file systems have a table.
    private static ImmutableArray<string> NotesOf(Plan plan) =>
    [
        .. plan.Notes.Where(note => plan.Mounts.IsEmpty || note.Kind != TreeNoteKind.OtherFileSystem)
            .Select(note => $"{note.Path}: {note.Text}"),
    ];

    private static TextTable Buckets(Plan plan)
    {
        var whole = plan.Buckets.Sum(bucket => Weight(plan.Balance.By, bucket));
        return new(
            ["bucket ", "file", "size ", "entries ", "items ", "estimate ", "share "],
            [
                .. plan.Buckets.Select(bucket => Row(
                    Humane.Count(bucket.Number), BucketFile.NameOf(plan.Stamp, bucket), bucket.Totals, bucket.Items.Length, bucket.Estimate, Humane.Percent(Weight(plan.Balance.By, bucket), whole))),
                Row("all", "", plan.Totals, plan.Buckets.Sum(bucket => bucket.Items.Length), plan.Buckets.Aggregate(TimeSpan.Zero, (sum, bucket) => sum + bucket.Estimate), ""),
            ]);
    }

    private static ImmutableArray<string> Row(string bucket, string file, Totals totals, int items, TimeSpan estimate, string share) =>
        [bucket, file, Humane.Bytes(totals.Bytes), Humane.Count(totals.Entries), Humane.Count(items), Humane.Duration(estimate), share];

    private static string BalanceOf(Plan plan)
    {
        var (by, heaviest, mean, bound) = plan.Balance;
        if (plan.Buckets.IsEmpty) return "There is nothing to move.";
        var over = bound > 0 ? Humane.Percent(Math.Max(0, heaviest - bound), bound) : Humane.Percent(0, 1);
        return $"Balance: heaviest bucket {Weight(by, heaviest)}, mean {Weight(by, mean)}; {over} over the least possible, {Weight(by, bound)}.";
    }

    private static IEnumerable<string> Estimate(Plan plan)
    {
        if (plan.Estimate is not { } estimate) yield break;
        yield return $"Estimate: {Humane.Duration(estimate.Elapsed)} for all of it, over {Humane.Count(estimate.Slots, "slot", "slots")} on {string.Join(", ", estimate.Hosts)}" +
            $"{(estimate.Limit == "bandwidth" ? ", as much as the limits on bandwidth let through" : "")}{(estimate.Calendar > estimate.Elapsed ? $"; {Humane.Duration(estimate.Calendar)} with the hours in which its window is shut" : "")}.";
    }

    private static TextTable Directories(Plan plan) => new(
        ["directory", "size ", "share ", "entries "],
        [
            .. plan.Outline.Directories.Where(directory => !directory.Path.IsRoot)
                .OrderByDescending(directory => directory.Totals.Bytes).ThenBy(directory => directory.Path).Take(MostDirectories)
                .Select(directory => ImmutableArray.Create(
                    directory.Path.ToString(), Humane.Bytes(directory.Totals.Bytes), Humane.Percent(directory.Totals.Bytes, plan.Totals.Bytes), Humane.Count(directory.Totals.Entries))),
        ]);

    private static TextTable Files(Plan plan) => new(
        ["file", "size ", "share "],
        [
            .. plan.LargestFiles.Take(MostDirectories)
                .Select(file => ImmutableArray.Create(file.Path.ToString(), Humane.Bytes(file.Totals.Bytes), Humane.Percent(file.Totals.Bytes, plan.Totals.Bytes))),
        ]);

    // Of the target what is planned to go there.
    private static TextTable Mounts(Plan plan) => new(
        ["mounted in", "directory", "type", "size ", "entries "],
        [
            .. plan.Mounts.Select(mount => ImmutableArray.Create(
                mount.InTarget ? "target" : "source", mount.Path.ToString(), mount.Type, Humane.Bytes(mount.Totals.Bytes),
                Humane.Count(mount.Totals.Entries))),
        ]);

    private static IEnumerable<PlanSection> Difference(LastPlan? last)
    {
        if (last is not var (run, difference)) yield break;
        var title = $"Since plan {run}";
        if (difference.IsNothing) yield return new(title, null, ["Nothing is different."]);
        else
        {
            yield return new(
                title,
                new TextTable(["directory", "what happened"], [.. difference.Changes.Select(change => ImmutableArray.Create(change.Path.ToString(), DifferenceText.Of(change)))]).Cut(MostChanges),
                [$"{Humane.Bytes(difference.Before.Bytes)} in {Humane.Count(difference.Before.Entries, "entry", "entries")} before, {Humane.Bytes(difference.After.Bytes)} in {Humane.Count(difference.After.Entries, "entry", "entries")} now; {Humane.Percent(difference.Share, 1)} of it changed."]);
        }
    }

    private static IEnumerable<PlanSection> Optional(string title, TextTable table) => table.Rows.IsEmpty ? [] : [new(title, table, [])];

    /// <summary>What a bucket counts in the balance.</summary>
    internal static double Weight(BalanceBy by, Bucket bucket) => by switch
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
}
