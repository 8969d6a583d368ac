using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace QSplit.Trees;

/// <summary>What can be the name of a file or directory on Windows: pure.</summary>
/// <remarks>The rules of "Naming Files, Paths, and Namespaces" (learn.microsoft.com/windows/win32/fileio/naming-a-file).</remarks>
internal static class WindowsName
{
    /// <summary>How many UTF-16 units a name may have.</summary>
    public const int Longest = 255;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. "<>:\"/\\|?*", .. Enumerable.Range(0, 0x20).Select(code => (char)code)]);

    private static readonly FrozenSet<string> Devices = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. "0123456789\u00b9\u00b2\u00b3".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" })]);

    /// <summary>The name as text; null where it is not UTF-8.</summary>
    public static string? Text(ReadOnlySpan<byte> name)
    {
        try
        {
            return Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Why Windows has no such name, as the rest of a sentence about it; null when it can have it.</summary>
    public static string? WhyNot(string name)
    {
        if (name.Length == 0) return "is empty";
        if (name.AsSpan().IndexOfAny(Forbidden) is var at and >= 0)
            return char.IsControl(name[at]) ? "has a control character in it" : $"has a '{name[at]}' in it";
        if (name[^1] is '.' or ' ') return $"ends in a {(name[^1] == '.' ? "dot" : "blank")}";
        if (name.Length > Longest) return $"has more than {Longest} UTF-16 units";
        // With an extension, and with blanks before that, it is the device all the same.
        var stem = name.Split('.', 2)[0].TrimEnd(' ');
        return Devices.Contains(stem) ? $"is that of the device {stem.ToUpperInvariant()}" : null;
    }
}
