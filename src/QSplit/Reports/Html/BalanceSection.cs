using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>How evenly the work is cut: the buckets against what no partition can beat, and the time that each took.</summary>
internal static class BalanceSection
{
    private static readonly string[] States = ["planned", "done", "running", "failed", "left"];

    public static Markup Of(ReportDocument document)
    {
        var plan = document.Plan;
        if (plan.Buckets.IsDefaultOrEmpty || plan.Heaviest <= 0) return Markup.Nothing;
        // Ties in report.json go by the place in its array.
        var order = plan.Buckets.Select((bucket, index) => (Bucket: document.Run is null ? bucket with { State = "planned" } : bucket, Index: index)).OrderByDescending(item => item.Bucket.Weight).ThenBy(item => item.Index).ToImmutableArray();
        return Section.Of("balance", "Balance of the buckets", Lead(plan), Markup.Of($"{Weights(plan, order)}{Took(order)}{Legend([.. order.Select(item => item.Bucket.State)])}"));
    }

    private static Markup Lead(ReportPlan plan) => Markup.Of($"""
        {Figure.Count("plan.buckets.length", plan.Buckets.Length, "bucket", "buckets")}, balanced by {plan.BalanceUnit}. The heaviest is {Figure.Of("plan.heaviest", plan.Heaviest, Amounts.Of(plan.Heaviest, plan.BalanceUnit))}, the mean is {Figure.Of("plan.mean", plan.Mean, Amounts.Of(plan.Mean, plan.BalanceUnit))}, and no partition can do better than {Figure.Of("plan.bound", plan.Bound, Amounts.Of(plan.Bound, plan.BalanceUnit))}{Over(plan)}.
        """);

    private static string Over(ReportPlan plan) => plan.Bound <= 0 ? "" : plan.Heaviest <= plan.Bound * 1.0005 ? ": that is reached" : $", which the heaviest exceeds by {Humane.Percent(plan.Heaviest - plan.Bound, plan.Bound)}";

    private static Markup Weights(ReportPlan plan, ImmutableArray<(ReportBucket Bucket, int Index)> order)
    {
        var (end, values) = ValueTicks.Of(Math.Max(plan.Bound, order[0].Bucket.Weight), plan.BalanceUnit, count: 4);
        var bars = Bars.Fit([.. order.Select(item => new Bar(
            item.Bucket.Weight,
            item.Bucket.State,
            Figure.Attributes($"plan.buckets[{item.Index}].weight", item.Bucket.Weight),
            Markup.Of($"bucket {item.Bucket.Number}, {item.Bucket.State}: {Amounts.Of(item.Bucket.Weight, plan.BalanceUnit)} planned")))]);
        var bound = Plot.Y(plan.Bound / end);
        return Markup.Of($"""
            <h3>Planned weight, the heaviest first</h3>
            {Plot.Of("Planned weight of the buckets", values, Markup.Nothing, Markup.Of($"{Bars.Draw(bars, end)}<line class=\"bound\" y1=\"{bound}\" y2=\"{bound}\" x2=\"100%\"/>"))}
            """);
    }

    private static Markup Took(ImmutableArray<(ReportBucket Bucket, int Index)> order)
    {
        if (order.All(item => item.Bucket.Seconds <= 0)) return Markup.Nothing;
        var (end, values) = ValueTicks.Of(order.Max(item => item.Bucket.Seconds), "seconds", count: 4);
        var bars = Bars.Fit([.. order.Select(item => new Bar(
            item.Bucket.Seconds,
            item.Bucket.State,
            Figure.Attributes($"plan.buckets[{item.Index}].seconds", item.Bucket.Seconds),
            Markup.Of($"bucket {item.Bucket.Number}, {item.Bucket.State}: took {Amounts.Of(item.Bucket.Seconds, "seconds")}, {Humane.Count(item.Bucket.Attempts, "attempt", "attempts")}")))]);
        return Markup.Of($"""
            <h3>Time it took, in the same order</h3>
            {Plot.Of("Time that the buckets took", values, Markup.Nothing, Bars.Draw(bars, end))}
            """);
    }

    private static Markup Legend(ImmutableHashSet<string> states) => Markup.Of($"""
        <p class="legend">{States.Where(states.Contains).Select(state => Markup.Of($"<span><svg class=\"key\" width=\"16\" height=\"10\" aria-hidden=\"true\"><rect class=\"bar {state}\" x=\"1\" y=\"1\" width=\"14\" height=\"8\"/></svg>{state}</span>"))}<span><svg class="key" width="16" height="10" aria-hidden="true"><path class="bound" d="M0 5h16"/></svg>what no partition can beat</span></p>
        """);
}
