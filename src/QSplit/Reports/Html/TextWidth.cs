using System.Globalization;

namespace QSplit.Reports.Html;

/// <summary>How wide a text will be in a font that is not known: rather too wide than too narrow, as in the widest of the usual ones (Verdana, DejaVu Sans).</summary>
internal static class TextWidth
{
    /// <summary>In pixels.</summary>
    public static double Of(string text, double size) => text.Sum(Em) * size;

    /// <summary>The text, its end replaced by an ellipsis as far as it must be to fit; null where fewer than three characters would be left of it.</summary>
    public static string? Cut(string text, double size, double width)
    {
        if (Of(text, size) <= width) return text;
        var room = (width / size) - Em('…');
        var elements = StringInfo.GetTextElementEnumerator(text);
        var length = 0;
        while (elements.MoveNext() && (room -= elements.GetTextElement().Sum(Em)) >= 0) length = elements.ElementIndex + elements.GetTextElement().Length;
        return length < 3 ? null : text[..length].TrimEnd() + "…";
    }

    private static double Em(char c) => c switch
    {
        'i' or 'l' or 'j' or '.' or ',' or '\'' or '|' or '!' or ':' or ';' or 'I' or ' ' => 0.34,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '/' or '-' or '"' or '\\' => 0.42,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 1.0,
        >= 'A' and <= 'Z' => 0.76,
        < '\u0300' => 0.64,
        >= '\u1100' => 1.05,
        _ => 0.75,
    };
}
