using System.Collections.Immutable;
using System.Text;

namespace QSplit.Trees;

/// <summary>Names in which <c>*</c> stands for any bytes, none included; nothing else is special, and case counts.</summary>
internal sealed class NamePatterns(ImmutableArray<string> patterns)
{
    private readonly byte[][] _patterns = [.. patterns.Select(Encoding.UTF8.GetBytes)];

    public bool Match(ReadOnlySpan<byte> name)
    {
        foreach (var pattern in _patterns)
            if (Match(pattern, name)) return true;
        return false;
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
