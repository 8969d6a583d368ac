using System.Buffers;
using System.Globalization;
using System.Text;

namespace QSplit.Reports.Html;

/// <summary>Text from outside as it may stand in a page: in an element or in an attribute between quotes.</summary>
internal static class Escaped
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%()*+,-./:;=?@[\\]^_`{|}~");

    /// <remarks>
    /// Beside the five characters of markup: what XML cannot hold, what would break the line, and what turns the direction of the text around it, so that a
    /// name cannot pass for another (https://trojansource.codes). They are shown by their number.
    /// </remarks>
    public static void Append(StringBuilder page, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0) plain = text.Length;
            page.Append(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty) return;
            // Half a pair becomes the character that stands for what cannot be read.
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            Append(page, rune);
            text = text[length..];
        }
    }

    private static void Append(StringBuilder page, Rune rune) => _ = rune.Value switch
    {
        '&' => page.Append("&amp;"),
        '<' => page.Append("&lt;"),
        '>' => page.Append("&gt;"),
        '"' => page.Append("&quot;"),
        '\'' => page.Append("&#39;"),
        '\n' or '\t' => page.Append(' '),
        _ when IsShown(rune) => page.Append(rune.ToString()),
        _ => page.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩"),
    };

    private static bool IsShown(Rune rune) =>
        !Rune.IsControl(rune)
        && rune.Value is not (0x061C or 0x200E or 0x200F or 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF)
        && (rune.Value & 0xFFFE) != 0xFFFE;
}
