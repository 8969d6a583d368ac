using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>A bar of a chart: one bucket, or a few neighbours where there are more than fit.</summary>
/// <param name="Ties">Its figure, where it stands for one.</param>
internal sealed record Bar(double Amount, string State, Markup Ties, Markup Tip);

/// <summary>Columns side by side over the whole width.</summary>
internal static class Bars
{
    /// <summary>How many columns a narrow screen can tell apart.</summary>
    public const int Most = 300;

    /// <summary>At most <see cref="Most"/> bars: neighbours become one, as high as the highest of them and told of as such.</summary>
    public static ImmutableArray<Bar> Fit(ImmutableArray<Bar> bars)
    {
        if (bars.Length <= Most) return bars;
        var each = (bars.Length + Most - 1) / Most;
        return [.. bars.Chunk(each).Select(chunk => chunk.MaxBy(bar => bar.Amount)! with
        {
            State = chunk.Select(bar => bar.State).Distinct().Count() == 1 ? chunk[0].State : chunk.Any(bar => bar.State == "failed") ? "failed" : "left",
            Tip = Markup.Of($"{Humane.Count(chunk.Length)} buckets, the highest: {chunk.MaxBy(bar => bar.Amount)!.Tip}"),
        })];
    }

    public static Markup Draw(ImmutableArray<Bar> bars, double end)
    {
        var width = 100.0 / bars.Length;
        return Markup.Join(bars.Select((bar, i) =>
        {
            var height = Math.Max(bar.Amount > 0 ? 1 : 0, Plot.Height * bar.Amount / end);
            return Markup.Of($"<rect class=\"bar {bar.State}\" x=\"{i * width}%\" width=\"{width * (bars.Length > 150 ? 1 : 0.8)}%\" y=\"{Plot.Height - height}\" height=\"{height}\"{bar.Ties}><title>{bar.Tip}</title></rect>");
        }));
    }
}
