using System.Collections.Immutable;
using System.Globalization;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Whether a host's target has room for what is to come: pure.</summary>
internal static class RoomRules
{
    /// <param name="reserve">Bytes that stay free; null is none.</param>
    /// <param name="planned">What is still to be copied; null where that is not known.</param>
    /// <param name="options">The manifest's options for rsync: without <c>--sparse</c> it writes out the holes of sparse files.</param>
    public static IEnumerable<Finding> Of(HostFacts facts, long? reserve, Totals? planned, ImmutableArray<string> options)
    {
        var place = facts.WritingPlace;
        if (facts.FreeBytes is { } bytes)
        {
            if (bytes == 0) yield return Finding.Problem($"{place} is full: nothing can be written there. Free some room, or extend the file system.");
            else if (bytes < reserve) yield return Finding.Problem($"{place} has {Size(bytes)} left, and {Size(reserve.Value)} are reserved. Free some room, extend the file system, or lower reserve.");
            else if (planned is { } plan && bytes - (reserve ?? 0) < plan.Bytes)
                yield return Finding.Warning($"{place} has {Size(bytes)} left{(reserve is { } kept ? $" ({Size(kept)} reserved)" : "")}, and {Size(plan.Bytes)} are planned. Where those are not there already, free some room, or extend the file system.");
            else if (planned is { } logical && WhyHolesFill(facts, reserve, logical, options) is { } why) yield return Finding.Warning(why);
        }
        if (facts.FreeInodes is { } inodes)
        {
            if (inodes == 0) yield return Finding.Problem($"{place} has no inodes left: no file can be made there. Remove some, or make the file system with more.");
            else if (planned is { } plan && inodes < plan.Entries)
                yield return Finding.Warning($"{place} has {Count(inodes)} inodes left, and {Count(plan.Entries)} entries are planned. Where those are not there already, remove some, or make the file system with more.");
        }
    }

    /// <summary>Why a plan that would fit does not once the holes of sparse files are filled; null where it does, or would not fit
    /// anyway.</summary>
    public static string? WhyHolesFill(HostFacts facts, long? reserve, Totals planned, ImmutableArray<string> options)
    {
        if (facts.FreeBytes is not { } bytes || options.Asking('S', "--sparse") is not null) return null;
        var room = bytes - (reserve ?? 0);
        if (room < planned.Bytes || room >= planned.LogicalBytes) return null;
        return $"{facts.WritingPlace} has {Size(bytes)} left{(reserve is { } kept ? $" ({Size(kept)} reserved)" : "")}. The source " +
            $"holds {Size(planned.Bytes)}, but rsync writes {Size(planned.LogicalBytes)}: "
            + "it fills the holes of sparse files, and what the source's file system compresses comes uncompressed. Put --sparse into " +
                "the options, free some room, or extend the file system.";
    }

    private static string Size(long bytes) => bytes < 1 << 20 ? $"{Count(bytes)} B" : $"{Count(bytes >> 20)} MiB";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
