using System.Globalization;

namespace QSplit.Reports.Html;

/// <summary>Moments as people read them, in UTC.</summary>
internal static class Moments
{
    /// <summary><c>22 Nov 2026, 17:30:05 UTC</c>.</summary>
    public static string Full(DateTimeOffset at) => $"{Day(at)}, {Clock(at)}";

    /// <summary><c>22 Nov 2026</c>.</summary>
    public static string Day(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>17:30:05 UTC</c>.</summary>
    public static string Clock(DateTimeOffset at) => at.ToUniversalTime().ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>17:30:05</c>, with the day where that is not the <paramref name="day"/> that is spoken of: <c>23 Nov 17:30:05</c>.</summary>
    public static string Short(DateTimeOffset at, DateTimeOffset day)
    {
        var utc = at.ToUniversalTime();
        return utc.ToString(utc.Date == day.ToUniversalTime().Date ? "HH:mm:ss" : "d MMM HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
