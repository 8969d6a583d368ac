using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>Moments along a chart's width.</summary>
internal static class TimeAxis
{
    /// <summary>How many marks have room on a chart.</summary>
    public const int Most = 8;

    /// <summary>The labels in a line of their own; each second goes where there is little room.</summary>
    public static Markup Labels(ImmutableArray<Tick> ticks) => Markup.Of($"""
        <svg class="times" height="18" aria-hidden="true">{ticks.Select((tick, i) => Markup.Of($"<text{(i % 2 == 1 ? new Markup(" class=\"odd\"") : Markup.Nothing)} x=\"{100 * tick.Share}%\" y=\"13\" text-anchor=\"{Anchor(tick.Share)}\">{tick.Label}</text>"))}</svg>
        """);

    /// <summary>A line down for each mark, as far as the drawing is high.</summary>
    public static Markup Lines(ImmutableArray<Tick> ticks) =>
        Markup.Join(ticks.Select(tick => Markup.Of($"<line class=\"grid\" x1=\"{100 * tick.Share}%\" x2=\"{100 * tick.Share}%\" y2=\"100%\"/>")));

    private static string Anchor(double share) => share < 0.04 ? "start" : share > 0.96 ? "end" : "middle";
}
