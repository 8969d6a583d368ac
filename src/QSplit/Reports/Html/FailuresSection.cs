using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>What was tried and is not across, why, where its log is, and how to go on.</summary>
internal static class FailuresSection
{
    private static readonly HtmlTable Rows = new([new("What"), new("Attempts"), new("Why", "wide"), new("Log", "wide")], "failure", "failures", Shown: 20, IsStacked: true);

    public static Markup Of(ReportDocument document)
    {
        var failures = document.Status.Failures;
        if (failures.IsDefaultOrEmpty) return Markup.Nothing;
        return Section.Of(
            "failures",
            "What failed",
            Markup.Of($"{Figure.Count("status.failures.length", failures.Length, "piece of work was", "pieces of work were")} tried and {(failures.Length == 1 ? "is" : "are")} not across. {NextStep.Of(document.Status.Next)}"),
            Rows.Of(failures, Cells));
    }

    private static ImmutableArray<Markup> Cells(StatusFailure failure, int index) =>
    [
        Icons.Badge("failed", Markup.Of($"{failure.Work}")),
        Figure.Count($"status.failures[{index}].attempts", failure.Attempts),
        Markup.Of($"<bdi>{failure.Reason}</bdi>"),
        NameMarkup.Path(failure.Log),
    ];
}
