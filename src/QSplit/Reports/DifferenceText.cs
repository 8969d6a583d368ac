using QSplit.Partitioning;

namespace QSplit.Reports;

/// <summary>What is different of a tree since it was looked at before, in words: pure.</summary>
internal static class DifferenceText
{
    private const int MostInBrief = 8;

    /// <summary>One sentence without its end: <c>./reels grew by 4.2 MiB to 30.1 MiB; ./new came, 3.0 MiB in 40 entries; and 3 more</c>.</summary>
    public static string InBrief(PlanDifference difference) => string.Join("; ", [
        .. difference.Changes.Take(MostInBrief).Select(change => $"{change.Path} {Of(change)}"),
        .. difference.Changes.Length > MostInBrief ? [$"and {Humane.Count(difference.Changes.Length - MostInBrief)} more"] : Array.Empty<string>(),
    ]);

    /// <summary>What happened in one directory: <c>grew by 4.2 MiB to 30.1 MiB</c>.</summary>
    public static string Of(DirectoryChange change) => change switch
    {
        { Before: null, After: { } after } => $"came, {Humane.Bytes(after.Bytes)} in {Humane.Count(after.Entries, "entry", "entries")}",
        { Before: { } before, After: null } => $"went, {Humane.Bytes(before.Bytes)} in {Humane.Count(before.Entries, "entry", "entries")}",
        { Own: { Bytes: > 0 } own, After: { } after } => $"grew by {Humane.Bytes(own.Bytes)} to {Humane.Bytes(after.Bytes)}{Entries(own.Entries)}",
        { Own: { Bytes: < 0 } own, After: { } after } => $"shrank by {Humane.Bytes(-own.Bytes)} to {Humane.Bytes(after.Bytes)}{Entries(own.Entries)}",
        { Own: var own } => $"has {(own.Entries == 0 ? "other sizes" : $"{Humane.Count(Math.Abs(own.Entries), "entry", "entries")} {(own.Entries > 0 ? "more" : "less")}")} in {Humane.Bytes(change.After!.Value.Bytes)}",
    };

    private static string Entries(long entries) => entries == 0 ? "" : $" ({(entries > 0 ? "+" : "-")}{Humane.Count(Math.Abs(entries), "entry", "entries")})";
}
