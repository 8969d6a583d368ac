using System.Collections.Immutable;
using System.Globalization;

namespace QSplit.Reports.Html;

/// <summary>A mark on an axis.</summary>
/// <param name="Share">Where it is, from 0 at the axis' begin to 1 at its end.</param>
internal readonly record struct Tick(double Share, string Label);

/// <summary>Marks for a span of time at round moments, in UTC.</summary>
internal static class TimeTicks
{
    private static readonly ImmutableArray<TimeSpan> Steps =
    [
        .. new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500 }.Select(step => TimeSpan.FromMilliseconds(step)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(step => TimeSpan.FromSeconds(step)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(step => TimeSpan.FromMinutes(step)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(step => TimeSpan.FromHours(step)),
        .. new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 }.Select(step => TimeSpan.FromDays(step)),
    ];

    /// <summary>At most <paramref name="most"/> marks from <paramref name="begin"/> to <paramref name="end"/>, as many as round steps allow; none for no time.</summary>
    public static ImmutableArray<Tick> Of(DateTimeOffset begin, DateTimeOffset end, int most)
    {
        var span = end - begin;
        if (span <= TimeSpan.Zero) return [];
        var step = Steps.Where(step => span / step < most).DefaultIfEmpty(Steps[^1] * Math.Ceiling(span / Steps[^1])).First();
        var ticks = ImmutableArray.CreateBuilder<Tick>();
        var first = begin.UtcTicks % step.Ticks == 0 ? begin.UtcTicks : ((begin.UtcTicks / step.Ticks) + 1) * step.Ticks;
        var before = default(DateTimeOffset?);
        for (var at = first; at <= end.UtcTicks; at += step.Ticks)
        {
            var moment = new DateTimeOffset(at, TimeSpan.Zero);
            ticks.Add(new((double)(at - begin.UtcTicks) / span.Ticks, Label(moment, before, step)));
            before = moment;
        }
        return ticks.ToImmutable();
    }

    // The day is said where it changes; the hour then goes without saying if it is midnight.
    private static string Label(DateTimeOffset at, DateTimeOffset? before, TimeSpan step)
    {
        var isOtherDay = before is { } last && last.UtcDateTime.Date != at.UtcDateTime.Date;
        var format = step switch
        {
            { TotalDays: >= 1 } => "d MMM",
            _ when isOtherDay && at.UtcDateTime.TimeOfDay == TimeSpan.Zero => "d MMM",
            { TotalMinutes: >= 1 } => "HH:mm",
            { TotalSeconds: >= 1 } => "HH:mm:ss",
            { TotalMilliseconds: >= 100 } => "HH:mm:ss.f",
            _ => "HH:mm:ss.fff",
        };
        return at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }
}
