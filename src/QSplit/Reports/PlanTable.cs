using System.Collections.Immutable;
using QSplit.Partitioning;

namespace QSplit.Reports;

/// <summary>A plan as lines of text, for <c>--target=Plan</c>.</summary>
public static class PlanTable
{
    private const int MostRows = 40;

    /// <param name="last">What is compared with; null without an earlier plan of the same tree.</param>
    public static ImmutableArray<string> Lines(Plan plan, LastPlan? last = null) =>
        [$"{plan.Migration}: {plan.Source}", .. PlanSections.Of(plan, last).SelectMany(Lines)];

    private static IEnumerable<string> Lines(PlanSection section) =>
    [
        .. section.Title is { } title ? ["", title] : Array.Empty<string>(),
        .. section.Table?.Cut(MostRows).Lines() ?? [],
        .. section.Lines.Take(MostRows),
        .. section.Lines.Length > MostRows ? [$"and {Humane.Count(section.Lines.Length - MostRows)} more: see plan.md"] : Array.Empty<string>(),
    ];
}
