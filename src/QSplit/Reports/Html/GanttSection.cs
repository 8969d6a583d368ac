using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>What ran where and when: a lane for each slot, grouped by host.</summary>
internal static class GanttSection
{
    private const double Gap = 6;
    private const double LeastHost = 17;

    public static Markup Of(ReportRun? run, DateTimeOffset now)
    {
        if (run is null || run.Attempts.IsDefaultOrEmpty) return Markup.Nothing;
        var hosts = Lanes.Of(run, now);
        var begin = run.Attempts.Min(attempt => attempt.Began);
        var end = hosts.SelectMany(host => host.Slots).SelectMany(slot => slot).Max(item => item.End);
        var span = Math.Max((end - begin).TotalSeconds, 0.001);
        var ticks = TimeTicks.Of(begin, begin.AddSeconds(span), TimeAxis.Most);
        var lanes = hosts.Sum(host => host.Slots.Length);
        var bars = LaneFolds.Of(hosts, TimeSpan.FromSeconds(span));
        var folded = bars.Sum(host => host.Sum(slot => slot.Count(bar => bar.Attempts.Length > 1)));
        var height = lanes <= 32 ? 17 : lanes <= 128 ? 10 : 6;
        return Section.Of(
            "gantt",
            "What ran where",
            Markup.Of($"{Figure.Count("run.attempts.length", run.Attempts.Length, "attempt", "attempts")} over {Humane.Count(lanes, "slot", "slots")} of {Humane.Count(hosts.Length, "host", "hosts")}, a lane for each slot{(folded > 0 ? ", short ones that follow each other as one bar" : "")}. Times are UTC, from {Moments.Full(begin)}."),
            Markup.Of($"""
                {Marks(height)}
                <div class="gantt" style="--lane:{height - 2}px" tabindex="0">
                <div class="axis"><b></b>{TimeAxis.Labels(ticks)}</div>
                {hosts.Zip(bars, Host)}</div>
                {Legend(run)}
                """));

        Markup Host(LaneHost host, ImmutableArray<ImmutableArray<LaneBar>> slots)
        {
            var tall = Math.Max(slots.Length * height, LeastHost);
            return Markup.Of($"""
                <div class="host" style="height:{tall + Gap}px"><b><bdi>{host.Name}</bdi></b><svg class="lanes" height="{tall}"><use href="#g-times"/>{slots.Select(Lane)}</svg></div>

                """);
        }

        Markup Lane(ImmutableArray<LaneBar> items, int slot) => items.IsEmpty ? Markup.Nothing : Markup.Of($"""
            <g transform="translate(0 {slot * height})">{items.Select(bar => GanttBar.Of(bar, Percent(bar.Begin - begin), Percent(bar.End - bar.Begin), begin, height >= 15))}{items.Select(bar => GanttBar.End(bar, Percent(bar.End - begin)))}</g>
            """);

        double Percent(TimeSpan time) => 100 * time.TotalSeconds / span;

        Markup Marks(double lane) => Markup.Of($"""
            <svg class="defs" width="0" height="0" aria-hidden="true"><defs><g id="g-times">{TimeAxis.Lines(ticks)}</g>
            <path id="m-again" d="M0 0h{Math.Min(8, lane - 3)}l{-Math.Min(8, lane - 3)} {Math.Min(8, lane - 3)}z"/>
            <g id="m-failed"><path class="halo" d="{Cross(lane - 2)}"/><path d="{Cross(lane - 2)}"/></g>
            <path id="m-cut" d="M1 0v{lane - 2}"/></defs></svg>
            """);
    }

    // Within the end of its bar.
    private static string Cross(double tall)
    {
        var (arm, middle) = (Math.Min(3.5, tall / 2), tall / 2);
        return FormattableString.Invariant($"M{(-2 * arm) - 2} {middle - arm}l{2 * arm} {2 * arm}m0 {-2 * arm}l{-2 * arm} {2 * arm}");
    }

    private static Markup Legend(ReportRun run)
    {
        var kinds = run.Attempts.Select(attempt => GanttBar.Kind(attempt.Outcome)).ToHashSet();
        var words = new[] { ("done", "done"), ("running", "still running"), ("failed", "failed"), ("cut", "interrupted, or its controller died") };
        return Markup.Of($"""
            <p class="legend">{words.Where(word => kinds.Contains(word.Item1)).Select(word => Key(Markup.Of($"<rect class=\"{word.Item1}\" x=\"1\" y=\"1\" width=\"20\" height=\"10\"/>"), word.Item2))}{(run.Attempts.Any(attempt => attempt.Attempt > 1) ? Key(new("<rect class=\"done\" x=\"1\" y=\"1\" width=\"20\" height=\"10\"/><use href=\"#m-again\" x=\"1\" y=\"1\"/>"), "a later attempt") : Markup.Nothing)}</p>
            """);
    }

    private static Markup Key(Markup drawn, string words) => Markup.Of($"<span><svg class=\"key lanes\" width=\"26\" height=\"12\" aria-hidden=\"true\">{drawn}</svg>{words}</span>");
}
