using System.Collections.Immutable;
using System.Text;

namespace QSplit.Reports.Files;

/// <summary>A page of Markdown while it is written.</summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder _text = new();

    /// <summary>A line, to be taken as it is.</summary>
    public MarkdownPage Line(string markdown = "")
    {
        _text.Append(markdown).Append('\n');
        return this;
    }

    public MarkdownPage Heading(string text) => Line($"## {Markdown.Text(text)}").Line();

    /// <summary>A table; nothing in a cell is markup.</summary>
    /// <param name="most">How many rows are written.</param>
    public MarkdownPage Table(ImmutableArray<string> head, IEnumerable<ImmutableArray<string>> rows, int most = int.MaxValue)
    {
        foreach (var line in new TextTable(head, [.. rows]).Cut(most).Markdown()) Line(line);
        return Line();
    }

    /// <summary>A list of what is longer than a page of CI systems takes, which is 1 MiB.</summary>
    /// <param name="most">How many are written.</param>
    public MarkdownPage List<T>(IReadOnlyCollection<T> all, int most, Action<T> write)
    {
        foreach (var one in all.Take(most)) write(one);
        if (all.Count > most) Line($"- and {Humane.Count(all.Count - most)} more: see report.json");
        return Line();
    }

    public override string ToString() => _text.ToString();
}
