namespace QSplit.Reports.Html;

/// <summary>How fast it went, over time.</summary>
internal static class ThroughputSection
{
    private const double Wide = 1000;

    public static Markup Of(ReportRun? run)
    {
        if (run is null || run.Throughput.IsDefaultOrEmpty) return Markup.Nothing;
        var (end, values) = ValueTicks.Of(run.Throughput.Max(step => step.BytesPerSecond), "bytes", count: 4);
        var first = run.Throughput[0].At;
        var last = run.Throughput[^1].At.AddSeconds(run.Throughput[^1].Seconds);
        var times = TimeTicks.Of(first, last, TimeAxis.Most);
        var shape = string.Concat(run.Throughput.Select(step => FormattableString.Invariant($"V{Plot.Y(step.BytesPerSecond / end):0.#}H{Wide * Share(step.At.AddSeconds(step.Seconds)):0.#}")));
        return Section.Of(
            "throughput",
            "Throughput",
            Markup.Of($"Logical bytes a second, all hosts together, spread evenly over each attempt. Times are UTC, from {Moments.Full(first)}."),
            Plot.Of("Bytes a second over time", [.. values.Select(tick => tick with { Label = tick.Label == "0" ? "0" : $"{tick.Label}/s" })], TimeAxis.Labels(times), Markup.Of($"""
                {TimeAxis.Lines(times)}<svg viewBox="0 0 {Wide} {Plot.Height}" width="100%" height="{Plot.Height}" preserveAspectRatio="none"><path class="area" d="M0 {Plot.Height}{shape}V{Plot.Height}z"/><path class="edge" d="M0 {Plot.Height}{shape}V{Plot.Height}"/></svg>
                {run.Throughput.Select(Hit)}
                """)));

        double Share(DateTimeOffset at) => last > first ? (at - first) / (last - first) : 0;

        Markup Hit(ReportRate step, int index) => Markup.Of($"""
            <rect class="hit" x="{100 * Share(step.At)}%" width="{100 * (Share(step.At.AddSeconds(step.Seconds)) - Share(step.At))}%" height="{Plot.Height}"{Figure.Attributes($"run.throughput[{index}].bytesPerSecond", step.BytesPerSecond)}><title>{Humane.Bytes((long)step.BytesPerSecond)}/s from {Moments.Short(step.At, first)}</title></rect>
            """);
    }
}
