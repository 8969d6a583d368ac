using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace QSplit.Manifests;

/// <summary>Spans of time as people write them: <c>90s</c>, <c>10min</c>, <c>30 days</c>; a month is 30 days.</summary>
internal static class Spans
{
    private static readonly FrozenDictionary<string, TimeSpan> Units = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        ["s"] = TimeSpan.FromSeconds(1),
        ["seconds"] = TimeSpan.FromSeconds(1),
        ["min"] = TimeSpan.FromMinutes(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["days"] = TimeSpan.FromDays(1),
        ["weeks"] = TimeSpan.FromDays(7),
        ["months"] = TimeSpan.FromDays(30),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A whole number and a unit, with a blank between them or none.</summary>
    /// <param name="least">The least number: 0 or 1.</param>
    /// <param name="digits">How many digits it may have, at most 6.</param>
    /// <param name="units">Those that are known here.</param>
    /// <param name="must">What is said of a text that is none of these.</param>
    public static ValueReader<TimeSpan> Of(int least, int digits, ImmutableArray<string> units, string must) => Scalars.Text.Then(
        (place, text) => Read(text, least, digits, units) is { } span ? span : (Parsed<TimeSpan>)place.But(must),
        () => new()
        {
            ["type"] = "string",
            ["pattern"] = $@"^({(least == 0 ? "(0|" : "")}[1-9][0-9]{{0,{digits - 1}}}{(least == 0 ? ")" : "")} ?({string.Join('|', units)})|\$\{{.*)$",
        });

    private static TimeSpan? Read(string text, int least, int digits, ImmutableArray<string> units)
    {
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (end < 1 || end > digits || (text[0] == '0' && (end > 1 || least > 0))) return null;
        var unit = text[(text[end] == ' ' ? end + 1 : end)..];
        return units.Contains(unit) ? Units[unit] * int.Parse(text.AsSpan(0, end), CultureInfo.InvariantCulture) : null;
    }
}
