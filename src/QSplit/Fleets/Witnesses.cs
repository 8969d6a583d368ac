using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Fleets;

/// <summary>A few planned paths that tell whether a mounted source is the tree of the plan, or an empty mount point in its place.</summary>
internal static class Witnesses
{
    private const int Most = 16;

    /// <summary>Paths spread over the whole plan; empty only for a plan without entries.</summary>
    public static ImmutableArray<EntryPath> Of(Plan plan) => Of([.. plan.Buckets.SelectMany(b => b.Items)]);

    /// <summary>Paths spread over all that were planned.</summary>
    public static ImmutableArray<EntryPath> Of(IReadOnlyList<EntryPath> planned) =>
        [.. Enumerable.Range(0, Math.Min(Most, planned.Count)).Select(i => planned[(int)((long)i * planned.Count / Math.Min(Most, planned.Count))])];

    /// <summary>Why <paramref name="source"/> is not the planned tree, or null if it is: at least half of the witnesses must be there, for a live source loses some.</summary>
    /// <param name="exists">Whether an entry is there; links are not followed.</param>
    public static string? WhyNotTheTree(string source, ImmutableArray<EntryPath> witnesses, Func<EntryPath, bool> exists)
    {
        var missing = witnesses.Where(w => !exists(w)).ToList();
        return missing.Count * 2 <= witnesses.Length
            ? null
            : $"{source} is not the tree that was planned: {missing.Count} of {witnesses.Length} planned paths that were looked for are not there, first {missing[0]}. Is it mounted?";
    }
}
