using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Reports.Building;

/// <summary>The passes of a migration and what they tell of the next one; pure.</summary>
internal static class ReportedPasses
{
    /// <summary>A pass from all that happened in it; null when it is not finished, was one between other trees, or tried some exceptions again and looked at nothing else.</summary>
    public static ReportPass? Of(string id, IReadOnlyList<TimedEvent> events, RunTerms terms)
    {
        if (RunState.From(id, events.Select(e => e.Happened)) is not { IsFinished: true } run || run.Started.Terms.DifferencesTo(terms).Count > 0 || run.Started.Basis is { Retry.Length: > 0 }) return null;
        var moved = run.Moved;
        return new(id, events[0].At, AtWork(events), moved.Files, moved.Bytes, moved.Created, moved.Deleted);
    }

    /// <summary>
    /// How long one more pass would take: what the quickest took, which is next to nothing but looking, and what the last took beyond that for the changes since the one
    /// before it, in proportion to the time since it began.
    /// </summary>
    /// <param name="passes">The first first; that one is no measure.</param>
    /// <returns>Null before there are two.</returns>
    public static double? NextSeconds(ImmutableArray<ReportPass> passes, DateTimeOffset now)
    {
        if (passes is not [.., var before, var last]) return null;
        var looking = passes.Skip(1).Min(pass => pass.Seconds);
        var (gap, since) = ((last.Began - before.Began).TotalSeconds, Math.Max(0, (now - last.Began).TotalSeconds));
        return looking + (gap > 0 ? (last.Seconds - looking) / gap * since : 0);
    }

    // Nobody was at work between the last event of a session and the first of the next.
    private static double AtWork(IReadOnlyList<TimedEvent> events) => events.Zip(events.Skip(1))
        .Where(pair => pair.Second.Happened is not RunEvent.Resumed)
        .Sum(pair => Math.Max(0, (pair.Second.At - pair.First.At).TotalSeconds));
}
