using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>A table of figures and names: written as text for a terminal, or as Markdown.</summary>
/// <param name="Head">A word for each column; those of numbers end in a blank, which is not printed: they are set to the right.</param>
/// <param name="Rows">As many cells as there are columns.</param>
internal sealed record TextTable(ImmutableArray<string> Head, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>Lines in which columns are two blanks apart.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = Enumerable.Range(0, Head.Length).Select(column => Rows.Prepend([.. Head.Select(word => word.TrimEnd())]).Max(row => row[column].Length)).ToArray();
        return Rows.Prepend([.. Head.Select(word => word.TrimEnd())])
            .Select(row => string.Join("  ", row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>A table of Markdown; cells are text, never markup.</summary>
    public IEnumerable<string> Markdown() =>
    [
        $"| {string.Join(" | ", Head.Select(word => word.TrimEnd()))} |",
        $"|{string.Concat(Head.Select((_, column) => IsNumber(column) ? " ---: |" : " --- |"))}",
        .. Rows.Select(row => $"| {string.Join(" | ", row.Select(Reports.Markdown.Text))} |"),
    ];

    /// <summary>The first rows, and in a last one how many more there are.</summary>
    public TextTable Cut(int most) => Rows.Length <= most ? this : this with
    {
        Rows = [.. Rows.Take(most), [$"and {Humane.Count(Rows.Length - most)} more", .. Enumerable.Repeat("", Head.Length - 1)]],
    };

    private bool IsNumber(int column) => Head[column].EndsWith(' ');
}
