using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>An attempt in its lane.</summary>
/// <param name="Index">Its place among the run's attempts.</param>
/// <param name="End">When it ended; for one whose end is not known, when the next began in its lane, or when the run was last heard of.</param>
internal sealed record LaneAttempt(int Index, ReportAttempt Attempt, DateTimeOffset End);

/// <summary>A host of a Gantt with its slots.</summary>
internal sealed record LaneHost(string Name, ImmutableArray<ImmutableArray<LaneAttempt>> Slots);

/// <summary>Puts the attempts of a run into the lanes of its hosts; pure.</summary>
internal static class Lanes
{
    /// <summary>The hosts of the run, and others that only attempts name, by name; each with a lane for every slot.</summary>
    /// <param name="now">When the report was made: until then runs what runs.</param>
    public static ImmutableArray<LaneHost> Of(ReportRun run, DateTimeOffset now)
    {
        var lanes = run.Attempts.Select((attempt, index) => (Attempt: attempt, Index: index)).ToLookup(item => (item.Attempt.Host, item.Attempt.Slot));
        var slots = run.Attempts.GroupBy(attempt => attempt.Host).ToDictionary(host => host.Key, host => host.Max(attempt => attempt.Slot));
        var hosts = run.Hosts.Select(host => host.Name).Union(slots.Keys).Order(NaturalOrder.Instance);
        var counts = run.Hosts.ToDictionary(host => host.Name, host => host.Slots);
        return
        [
            .. hosts.Select(host => new LaneHost(host, [.. Enumerable.Range(1, Math.Max(1, Math.Max(counts.GetValueOrDefault(host), slots.GetValueOrDefault(host))))
                .Select(slot => Lane([.. lanes[(host, slot)].OrderBy(item => item.Attempt.Began)]))])),
        ];

        ImmutableArray<LaneAttempt> Lane(ImmutableArray<(ReportAttempt Attempt, int Index)> attempts) =>
            [.. attempts.Select((item, i) => new LaneAttempt(item.Index, item.Attempt, item.Attempt.Ended ?? Until(attempts, i)))];

        DateTimeOffset Until(ImmutableArray<(ReportAttempt Attempt, int Index)> attempts, int i)
        {
            var attempt = attempts[i].Attempt;
            var end = attempt.Outcome == "running" && now > run.Ended ? now : run.Ended;
            if (i + 1 < attempts.Length && attempts[i + 1].Attempt.Began < end) end = attempts[i + 1].Attempt.Began;
            return end > attempt.Began ? end : attempt.Began;
        }
    }
}
