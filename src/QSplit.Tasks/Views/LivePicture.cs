using QSplit.Partitioning;
using QSplit.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QSplit.Tasks.Views;

/// <summary>One picture of a run: pure.</summary>
internal static class LivePicture
{
    private const int MostRows = 40;
    private const int BarWidth = 24;

    public static IRenderable Of(Plan plan, ProgressSnapshot now)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle($"[bold]{plan.Migration.EscapeMarkup()}[/]  {ProgressText.Summary(now).EscapeMarkup()}") };
        table.AddColumns("slot", "bucket", "", "");
        table.AddColumn(new TableColumn("bytes").RightAligned());
        table.AddColumn(new TableColumn("time").RightAligned());
        foreach (var row in now.Rows.Take(MostRows))
            table.AddRow(
                row.Slot.ToString().EscapeMarkup(),
                row.Attempt > 1 ? $"{row.Bucket} (attempt {row.Attempt})" : $"{row.Bucket}",
                Bar(row.Fraction),
                $"{row.Fraction * 100:0} %",
                Humane.Bytes(row.Bytes),
                Humane.Duration(row.Elapsed));
        if (now.Rows.Length > MostRows) table.AddRow($"and {now.Rows.Length - MostRows} more", "", "", "", "", "");
        var hosts = now.Hosts.Select(host => ProgressText.Unusual(host, now.At)).OfType<string>().ToList();
        return hosts.Count == 0 ? table : new Rows([table, .. hosts.Select(line => new Text(line, Color.Yellow))]);
    }

    private static string Bar(double fraction)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarWidth);
        return $"[green]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/]";
    }
}
