using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>A few planned paths that tell whether a mounted source is the tree of the plan, or an empty mount point in its place.</summary>
internal static class Witnesses
{
    private const int Most = 16;

    /// <summary>Paths spread over the whole plan; empty only for a plan without entries.</summary>
    public static ImmutableArray<EntryPath> Of(Plan plan) => Of([.. plan.Buckets.SelectMany(b => b.Items)]);

    /// <summary>Paths spread over all that were planned.</summary>
    public static ImmutableArray<EntryPath> Of(IReadOnlyList<EntryPath> planned) =>
        [.. Enumerable.Range(0, Math.Min(Most, planned.Count)).Select(i => planned[(int)((long)i * planned.Count / Math.Min(Most, planned.Count))])];

    /// <summary>Why <paramref name="root"/> is not the planned tree, or null if it is: at least half of the witnesses must be there, for a live source loses some.</summary>
    /// <param name="counted">What a host said: how many were looked for, how many are missing, and the number of the first of these.</param>
    public static string? WhyNotTheTree(string root, ImmutableArray<EntryPath> witnesses, string counted)
    {
        var numbers = counted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length < 3 || int.Parse(numbers[1]) * 2 <= int.Parse(numbers[0])) return null;
        return $"{root} is not the tree that was planned: {numbers[1]} of {numbers[0]} planned paths that were looked for are not there, first {witnesses[int.Parse(numbers[2]) - 1]}. Is it mounted?";
    }
}
