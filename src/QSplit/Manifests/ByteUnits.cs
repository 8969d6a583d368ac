using System.Globalization;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>Numbers of bytes as people write them: decimal units (kB is 1000) and binary ones (KiB is 1024).</summary>
internal static partial class ByteUnits
{
    /// <summary>The whole of what can be read, for schemas; a reader says more about what is wrong.</summary>
    public const string Pattern = @"[0-9]+(\.[0-9]+)? ?([kKMGTPE]?B|[KMGTPE]iB)?";

    private static readonly Dictionary<string, decimal> Factors = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["B"] = 1,
        ["kB"] = 1e3m,
        ["KB"] = 1e3m,
        ["MB"] = 1e6m,
        ["GB"] = 1e9m,
        ["TB"] = 1e12m,
        ["PB"] = 1e15m,
        ["EB"] = 1e18m,
        ["KiB"] = 1024m,
        ["MiB"] = 1048576m,
        ["GiB"] = 1073741824m,
        ["TiB"] = 1099511627776m,
        ["PiB"] = 1125899906842624m,
        ["EiB"] = 1152921504606846976m,
    };

    /// <summary>Reads a number of bytes, rounded down to a whole one, or says why <paramref name="text"/> is none.</summary>
    public static Parsed<long> Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success) return new Wrong("must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB");
        var (sign, number, unit) = (match.Groups["sign"].Value, match.Groups["number"].Value, match.Groups["unit"].Value);
        if (sign == "-") return new Wrong("must not be negative");
        if (unit is "k" or "K" or "M" or "G" or "T" or "P" or "E")
            return new Wrong($"must say which unit it means: {(unit == "k" ? "K" : unit)}iB counts in 1024, {unit}B in 1000");
        if (!Factors.TryGetValue(unit, out var factor))
            return new Wrong("must have a unit of bytes: B, kB, MB, GB, TB, PB, EB or KiB, MiB, GiB, TiB, PiB, EiB");
        // Cut before parsing: decimal overflows on what is too long, and nothing of it could matter.
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? number : number[..point]).TrimStart('0');
        if (whole.Length > 19) return TooLarge;
        var fraction = point < 0 ? "" : number[point..Math.Min(number.Length, point + 10)];
        var amount = decimal.Parse((whole.Length == 0 ? "0" : whole) + fraction, CultureInfo.InvariantCulture);
        return amount > long.MaxValue / factor ? TooLarge : (long)decimal.Floor(amount * factor);
    }

    /// <summary>The shortest exact text: in the largest unit that divides the number, decimal or binary.</summary>
    public static string Write(long bytes)
    {
        if (bytes == 0) return "0";
        var texts = Factors
            .Where(unit => unit.Key is not "KB" and not "B" && bytes % unit.Value == 0)
            .Select(unit => $"{(long)(bytes / unit.Value)}{unit.Key}");
        return texts.OrderBy(text => text.Length).ThenByDescending(text => text, StringComparer.Ordinal).First();
    }

    private static Wrong TooLarge => new("must be less than 8EiB, which is more than can be counted");

    [GeneratedRegex(@"^(?<sign>-?)(?<number>[0-9]+(\.[0-9]+)?) ?(?<unit>[A-Za-z]*)\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Shape();
}
