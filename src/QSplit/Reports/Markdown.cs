using System.Text;

namespace QSplit.Reports;

/// <summary>Text in Markdown (CommonMark with GitHub's tables) as what it is: names are never markup.</summary>
internal static class Markdown
{
    private const string Signs = @"\`*[]<|&~";

    /// <summary>Text on one line, for a sentence or the cell of a table.</summary>
    public static string Text(string text)
    {
        var line = OneLine(text);
        var written = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (Signs.Contains(line[i], StringComparison.Ordinal) || (line[i] == '_' && !IsWithinWord(line, i))) written.Append('\\');
            written.Append(line[i]);
        }
        return written.ToString();
    }

    /// <summary>A name or a command, to the letter; not for tables. The quotes are longer than any within.</summary>
    public static string Code(string text)
    {
        var line = OneLine(text);
        var quotes = new string('`', 1 + LongestRun(line));
        return quotes.Length == 1 ? $"`{line}`" : $"{quotes} {line} {quotes}";
    }

    private static bool IsWithinWord(string line, int at) =>
        at > 0 && at + 1 < line.Length && char.IsLetterOrDigit(line[at - 1]) && char.IsLetterOrDigit(line[at + 1]);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text) longest = Math.Max(longest, run = letter == '`' ? run + 1 : 0);
        return longest;
    }
}
