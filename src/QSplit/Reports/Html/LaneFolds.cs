using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>A bar in a lane: an attempt, or some that follow each other and would be too narrow to be told apart.</summary>
/// <param name="Attempts">At least one, by when they began.</param>
internal sealed record LaneBar(ImmutableArray<LaneAttempt> Attempts)
{
    private static readonly ImmutableArray<string> ByGravity = ["done", "running", "cut", "failed"];

    public DateTimeOffset Begin => Attempts[0].Attempt.Began;

    public DateTimeOffset End => Attempts.Max(attempt => attempt.End);

    /// <summary>Of the gravest of them; see <see cref="GanttBar.Kind"/>.</summary>
    public string Kind => Attempts.Select(item => GanttBar.Kind(item.Attempt.Outcome)).MaxBy(kind => ByGravity.IndexOf(kind))!;
}

/// <summary>The bars of many lanes, no more of them than a page can hold; pure.</summary>
internal static class LaneFolds
{
    /// <summary>A page of so many stays under 5 MB and opens at once.</summary>
    public const int Most = 12_000;

    /// <summary>The least width from which a bar can be pointed at, as a share of the whole time.</summary>
    private const double Least = 0.0005;

    /// <summary>For each host and slot, in their order. Neighbours become one bar when they are narrow; what is narrow is more and more the more bars there are.</summary>
    public static ImmutableArray<ImmutableArray<ImmutableArray<LaneBar>>> Of(ImmutableArray<LaneHost> hosts, TimeSpan whole)
    {
        for (var share = Least; ; share *= 2)
        {
            ImmutableArray<ImmutableArray<ImmutableArray<LaneBar>>> bars = [.. hosts.Select(host => host.Slots.Select(slot => Fold(slot, whole * share)).ToImmutableArray())];
            if (share >= 1 || bars.Sum(host => host.Sum(slot => slot.Length)) <= Most) return bars;
        }
    }

    private static ImmutableArray<LaneBar> Fold(ImmutableArray<LaneAttempt> lane, TimeSpan narrow)
    {
        var bars = ImmutableArray.CreateBuilder<LaneBar>();
        for (var first = 0; first < lane.Length;)
        {
            var count = 1;
            while (first + count < lane.Length && lane[first + count].End - lane[first].Attempt.Began <= narrow) count++;
            bars.Add(new(lane.Slice(first, count)));
            first += count;
        }
        return bars.ToImmutable();
    }
}
