using QSplit.Runs;

namespace QSplit.Reports.Building;

/// <summary>The hosts of a run: those that anything ran on, and those that were there for it.</summary>
internal static class ReportedHosts
{
    public static IEnumerable<ReportHost> Of(RunState run, IReadOnlyList<TimedEvent> events, IReadOnlyList<TimedAttempt> attempts, DateTimeOffset now)
    {
        var movers = run.Equipment?.Movers;
        var worked = attempts.ToLookup(attempt => attempt.Start.Host);
        var setAside = events.Select(e => e.Happened).OfType<RunEvent.HostSetAside>().CountBy(e => e.Host).ToDictionary();
        return worked.Select(host => host.Key).Concat(movers?.Keys ?? []).Concat(setAside.Keys).Distinct().Order(StringComparer.Ordinal).Select(name => new ReportHost(
            name,
            worked[name].Select(attempt => attempt.Start.Slot).DefaultIfEmpty(0).Max(),
            movers?.GetValueOrDefault(name),
            worked[name].Count(),
            worked[name].Count(attempt => attempt.IsFailure),
            worked[name].Sum(attempt => attempt.End?.Moved.Bytes ?? 0),
            worked[name].Sum(attempt => Busy(attempt, now)),
            setAside.GetValueOrDefault(name)));
    }

    // How long an attempt ran that died with its controller nobody knows.
    private static double Busy(TimedAttempt attempt, DateTimeOffset now) =>
        attempt.End?.Seconds ?? (attempt.IsRunning ? Math.Max(0, (now - attempt.Began).TotalSeconds) : 0);
}
