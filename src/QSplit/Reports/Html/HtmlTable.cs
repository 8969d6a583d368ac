using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>A column of a table.</summary>
/// <param name="Kind"><c>n</c> for figures, which stand at the right; <c>wide</c> for text that may break; empty for others.</param>
internal sealed record HtmlColumn(string Heading, string Kind = "");

/// <summary>A table that does not drown the page: the first rows are shown, more can be unfolded, and what is left out is said.</summary>
/// <param name="One">What a row is; <paramref name="Many"/> for more.</param>
/// <param name="Shown">How many rows are shown before the rest is folded.</param>
/// <param name="IsStacked">Whether its cells stand one below the other on a narrow screen: for rows of long texts.</param>
internal sealed record HtmlTable(ImmutableArray<HtmlColumn> Columns, string One, string Many, int Shown, bool IsStacked = false)
{
    /// <summary>How many rows stand in the page at most; more are only in report.json.</summary>
    private const int Most = 250;

    /// <param name="cells">A row's, in the order of the columns, from an item and its place.</param>
    public Markup Of<T>(ImmutableArray<T> items, Func<T, int, ImmutableArray<Markup>> cells)
    {
        // A fold for a handful is in the way.
        var shown = items.Length <= Shown + 5 && Shown > 0 ? items.Length : Shown;
        var rows = items.Take(Math.Max(shown, Most)).Select((item, i) => Row(cells(item, i))).ToArray();
        return Markup.Of($"{Whole(rows[..shown])}{Fold(rows[shown..], shown)}{Rest(items.Length - rows.Length)}");
    }

    private Markup Row(ImmutableArray<Markup> cells) =>
        Markup.Of($"<tr>{cells.Zip(Columns, (cell, column) => Markup.Of($"<td{Class(column)}{(IsStacked ? Markup.Of($" data-label=\"{column.Heading}\"") : Markup.Nothing)}>{cell}</td>"))}</tr>\n");

    private Markup Whole(Markup[] rows) => rows.Length == 0 ? Markup.Nothing : Markup.Of($"""
        <div class="scroll" tabindex="0"><table{(IsStacked ? new Markup(" class=\"stack\"") : Markup.Nothing)}><thead><tr>{Columns.Select(column => Markup.Of($"<th scope=\"col\"{Class(column)}>{column.Heading}</th>"))}</tr></thead><tbody>
        {rows}</tbody></table></div>
        """);

    private Markup Fold(Markup[] rows, int shown) => rows.Length == 0
        ? Markup.Nothing
        : Markup.Of($"<details><summary>{(shown == 0 ? $"Show {Humane.Count(rows.Length, One, Many)}" : $"{Humane.Count(rows.Length)} more {(rows.Length == 1 ? One : Many)}")}</summary>{Whole(rows)}</details>");

    private Markup Rest(int cut) => cut <= 0 ? Markup.Nothing : Markup.Of($"<p class=\"more\">{Humane.Count(cut)} more {(cut == 1 ? One : Many)}: report.json has them all.</p>");

    private static Markup Class(HtmlColumn column) => column.Kind.Length == 0 ? Markup.Nothing : Markup.Of($" class=\"{column.Kind}\"");
}
