using QSplit.Reports;
using Spectre.Console;

namespace QSplit.Tasks.Views;

/// <summary>The end of a run on a terminal.</summary>
internal static class SummaryTable
{
    public static void Write(IAnsiConsole console, RunSummary summary)
    {
        if (!summary.WasFinished)
        {
            var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false };
            table.AddColumns("", "");
            foreach (var (name, value) in summary.Rows) table.AddRow(name.EscapeMarkup(), value.EscapeMarkup());
            console.Write(table);
        }
        // Not console.WriteLine, which folds at the width of the terminal: paths are for copying.
        foreach (var line in SummaryText.AfterTable(summary)) console.Profile.Out.Writer.WriteLine(line);
    }
}
