using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>Five steps of how large an entry is on the average: what costs time is many small ones.</summary>
internal static class SizeSteps
{
    private static readonly ImmutableArray<(long Below, string Words)> Steps =
    [
        (64L << 10, "under 64 KiB"),
        (1L << 20, "to 1 MiB"),
        (16L << 20, "to 16 MiB"),
        (256L << 20, "to 256 MiB"),
        (long.MaxValue, "over 256 MiB"),
    ];

    /// <summary>From 1 for the smallest to 5.</summary>
    public static int Of(long bytes, long entries)
    {
        var mean = bytes / Math.Max(1, entries);
        return 1 + Enumerable.Range(0, Steps.Length).First(step => mean < Steps[step].Below || step == Steps.Length - 1);
    }

    public static Markup Legend() => Markup.Of($"""
        <p class="legend"><span>Mean size of an entry:</span>{Steps.Select((step, i) => Markup.Of($"<span><i class=\"swatch z{i + 1}\"></i>{step.Words}</span>"))}</p>
        """);
}
