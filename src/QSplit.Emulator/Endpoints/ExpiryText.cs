using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Emulator.Http;

namespace QSplit.Emulator.Endpoints;

/// <summary>When a snapshot goes by itself, as the API says it.</summary>
internal static partial class ExpiryText
{
    /// <summary>A moment in RFC 3339; empty or <c>never</c> is never.</summary>
    /// <exception cref="Refusal">It is none, or past.</exception>
    public static DateTimeOffset? At(string? text, DateTimeOffset now)
    {
        if (text is null or "" or "never") return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            throw Refusal.BadRequest($"expiration '{text}' is not a time such as 2027-01-31T12:00:00Z.");
        return moment > now ? moment : throw Refusal.BadRequest($"expiration {text} is past.");
    }

    /// <summary>A time from now: 1 to 999 months, weeks, days, hours or minutes; empty or <c>never</c> is never.</summary>
    /// <exception cref="Refusal">It is not of that form.</exception>
    public static DateTimeOffset? In(string text, DateTimeOffset now)
    {
        if (text is "" or "never") return null;
        var match = TimeToLive().Match(text);
        if (!match.Success) throw Refusal.BadRequest($"expiration-time-to-live '{text}' is not of the form 5days: 1 to 999 months, weeks, days, hours or minutes.");
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "months" => now.AddMonths(count),
            "weeks" => now.AddDays(7 * count),
            "days" => now.AddDays(count),
            "hours" => now.AddHours(count),
            _ => now.AddMinutes(count),
        };
    }

    [GeneratedRegex("^(?<count>[1-9][0-9]{0,2})(?<unit>months|weeks|days|hours|minutes)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex TimeToLive();
}
