using System.Globalization;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>The hours of each day in which work may begin: <c>22:00-06:00 Europe/Berlin</c>. It may reach over midnight.</summary>
/// <param name="From">When it opens, by the clocks of the zone.</param>
/// <param name="To">When it closes; never the same as <paramref name="From"/>.</param>
/// <param name="Zone">Whose clocks. Written out, so that a manifest means the same wherever it is run.</param>
public sealed partial record DailyWindow(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>Reads <c>22:00-06:00 Europe/Berlin</c>.</summary>
    internal static Parsed<DailyWindow> Read(string text)
    {
        const string Form = "must be hours and a time zone, such as 22:00-06:00 Europe/Berlin, or UTC";
        if (Shape().Match(text) is not { Success: true } match) return new Wrong(Form);
        if (!TryTime(match.Groups["from"].ValueSpan, out var from) || !TryTime(match.Groups["to"].ValueSpan, out var to)) return new Wrong(Form);
        if (from == to) return new Wrong("must end at another time than it begins; for no window leave it out");
        return TimeZoneInfo.TryFindSystemTimeZoneById(match.Groups["zone"].Value, out var zone)
            ? new DailyWindow(from, to, zone)
            : new Wrong($"names the time zone '{match.Groups["zone"].Value}', which this machine does not know (is tzdata installed?)");
    }

    /// <summary>How long it is open on an ordinary day, when no clock is changed.</summary>
    internal TimeSpan Length => To - From;

    /// <summary>Whether the window is open at a moment, and until when that stays so.</summary>
    public (bool IsOpen, DateTimeOffset Until) At(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        // Yesterday's may reach into today; a change of the clocks may leave a day without one.
        foreach (var day in Enumerable.Range(-1, 4).Select(today.AddDays))
        {
            var (opens, closes) = (Instant(day, From), Instant(To > From ? day : day.AddDays(1), To));
            if (closes <= now || closes <= opens) continue;
            return opens <= now ? (true, closes) : (false, opens);
        }
        throw new InvalidOperationException($"No window within three days of {now:O}.");
    }

    /// <summary>A text that reads back as the same window.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{To:HH:mm} {Zone.Id}");

    // A time that the clocks leave out is the moment of the change; of one that comes twice it is the first.
    private DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    [GeneratedRegex(@"^(?<from>\d\d:\d\d) ?- ?(?<to>\d\d:\d\d) (?<zone>\S+)\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Shape();
}
