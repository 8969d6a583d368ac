using QSplit.Partitioning;

namespace QSplit.Reports;

/// <summary>The notes of a plan in brief; the report has them all.</summary>
internal static class PlanNotes
{
    /// <summary>A line for each kind of note: the first of its kind, and that there are more.</summary>
    public static IEnumerable<string> Lines(Plan plan) => plan.Notes
        .GroupBy(note => note.Kind)
        .Select(kind => (First: kind.First(), More: kind.Count() - 1))
        .Select(kind => $"{kind.First.Path}: {kind.First.Text}{(kind.More > 0 ? $" And {Humane.Count(kind.More)} more: see the report." : "")}");
}
