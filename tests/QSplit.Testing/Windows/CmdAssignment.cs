using System.Globalization;

namespace QSplit.Testing.Windows;

/// <summary>What cmd's <c>set</c> sets: <c>set "name=value"</c>, <c>set name=value</c>, <c>set /a "name|=number"</c>.</summary>
internal static class CmdAssignment
{
    /// <param name="text">What is behind <c>set</c>.</param>
    /// <param name="valueOf">The value that a variable has; null without one.</param>
    public static (string Name, string Value) Of(string text, Func<string, string?> valueOf)
    {
        var isNumber = text.StartsWith("/a ", StringComparison.OrdinalIgnoreCase);
        var (name, value) = Divided(Unquoted(isNumber ? text[3..].Trim() : text));
        return isNumber ? Reckoned(name, value, valueOf) : (name, value);
    }

    private static string Unquoted(string text) =>
        text.StartsWith('"') ? text[1..(text.LastIndexOf('"') is var last and > 0 ? last : text.Length)] : text;

    private static (string Name, string Value) Divided(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..equals], text[(equals + 1)..]);
    }

    private static (string Name, string Value) Reckoned(string left, string right, Func<string, string?> valueOf)
    {
        var how = left[^1] is '|' or '+' or '*' ? left[^1] : '=';
        var name = (how == '=' ? left : left[..^1]).Trim();
        var old = int.TryParse(valueOf(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var by = int.Parse(right.Trim(), CultureInfo.InvariantCulture);
        return (name, (how switch { '|' => old | by, '+' => old + by, '*' => old * by, _ => by }).ToString(CultureInfo.InvariantCulture));
    }
}
