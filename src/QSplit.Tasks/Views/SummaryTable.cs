using QSplit.Reports;
using Spectre.Console;

namespace QSplit.Tasks.Views;

/// <summary>The table at the end of a run, what is left of it, and where everything is.</summary>
internal static class SummaryTable
{
    private const int MostLeft = 20;

    public static void Write(IAnsiConsole console, RunSummary summary)
    {
        if (!summary.WasFinished)
        {
            var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false };
            table.AddColumns("", "");
            foreach (var (name, value) in summary.Rows) table.AddRow(name.EscapeMarkup(), value.EscapeMarkup());
            console.Write(table);
        }
        foreach (var (work, outcome, log) in summary.Left.Take(MostLeft))
            Line(console, $"{work}: {(outcome is null ? "not begun" : $"{ProgressText.Reason(outcome)}. Log: {log}")}");
        if (summary.Left.Length > MostLeft) Line(console, $"and {summary.Left.Length - MostLeft} more: see the report");
        Line(console, $"{summary.Plan.Migration}: {summary.HowToGoOn}");
        Line(console, $"  source: {summary.Source}");
        Line(console, $"  target: {summary.Target}");
        Line(console, $"  report: {summary.ReportPath}");
    }

    // Not console.WriteLine, which folds at the width of the terminal: paths are for copying.
    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);
}
