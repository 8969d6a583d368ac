namespace QSplit.Reports.Html;

/// <summary>Names as people order them: numbers in them by their value, so that dtn2 comes before dtn10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (a, b) = (Digits(left), Digits(right));
            var order = a > 0 && b > 0 ? Numbers(left[..a], right[..b]) : left[0].CompareTo(right[0]);
            if (order != 0) return order;
            left = left[Math.Max(1, a)..];
            right = right[Math.Max(1, b)..];
        }
        var rest = left.Length.CompareTo(right.Length);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    // Of any length: a longer one without its zeros is greater.
    private static int Numbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.CompareTo(b, StringComparison.Ordinal);
    }
}
