using System.Collections.Immutable;
using System.Text;

namespace QSplit.Trees;

/// <summary>Names in which <c>*</c> stands for any bytes, none included; nothing else is special.</summary>
/// <param name="ignoreCase">Whether a name is meant in any case of letters, as it is on Windows.</param>
internal sealed class NamePatterns(ImmutableArray<string> patterns, bool ignoreCase = false)
{
    private readonly ImmutableArray<string> _texts = patterns;
    private readonly byte[][] _patterns = [.. patterns.Select(pattern => Encoding.UTF8.GetBytes(ignoreCase ? pattern.ToUpperInvariant() : pattern))];

    public bool Match(ReadOnlySpan<byte> name) => Find(name) is not null;

    /// <summary>The first pattern that a name fits; null for none.</summary>
    public string? Find(ReadOnlySpan<byte> name)
    {
        // What is not UTF-8 becomes a letter that is in no pattern.
        if (ignoreCase) name = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(name).ToUpperInvariant());
        for (var at = 0; at < _patterns.Length; at++)
            if (Match(_patterns[at], name)) return _texts[at];
        return null;
    }

    // Back to the last star only: linear in practice, and never exponential.
    private static bool Match(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        var (p, n, star, retry) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, retry) = (p++, n);
            else if (p < pattern.Length && pattern[p] == name[n]) (p, n) = (p + 1, n + 1);
            else if (star >= 0) (p, n) = (star + 1, ++retry);
            else return false;
        }
        return !pattern[p..].ContainsAnyExcept((byte)'*');
    }
}
