using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>A chart's frame: the marks of both axes around what is drawn, which may be given in percent of the width.</summary>
internal static class Plot
{
    /// <summary>In pixels; the width is the page's.</summary>
    public const double Height = 170;

    private const double Head = 10;

    /// <param name="label">What the chart shows, for those who do not see it.</param>
    /// <param name="drawn">Within <see cref="Height"/>, from the top.</param>
    public static Markup Of(string label, ImmutableArray<Tick> values, Markup below, Markup drawn) => Markup.Of($"""
        <div class="plot">
        <svg class="values" width="76" height="{Height + Head + 6}" aria-hidden="true">{values.Select(tick => Markup.Of($"<text x=\"70\" y=\"{Y(tick.Share) + Head + 4}\" text-anchor=\"end\">{tick.Label}</text>"))}</svg>
        <svg class="drawn" height="{Height + Head + 6}" role="img" aria-label="{label}"><svg y="{Head}" height="{Height}" overflow="visible">{values.Select(tick => Markup.Of($"<line class=\"grid\" y1=\"{Y(tick.Share)}\" y2=\"{Y(tick.Share)}\" x2=\"100%\"/>"))}{drawn}</svg></svg>
        {below}
        </div>
        """);

    /// <summary>The height of a share of the axis.</summary>
    public static double Y(double share) => Height * (1 - share);
}
