using System.Globalization;

namespace QSplit.Reports;

/// <summary>Figures as people read them: IEC units, a point for decimals, the same on every machine.</summary>
public static class Humane
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>0 B</c>, <c>1023 B</c>, <c>1.0 KiB</c>, <c>10.2 GiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        // 1023.95 would be written 1024.0.
        for (; Math.Abs(size) >= (unit == 0 ? 1024 : 1023.95) && unit < Units.Length - 1; unit++) size /= 1024;
        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }

    /// <summary><c>10.2 MiB/s</c>; <c>-</c> where no time has passed.</summary>
    public static string Rate(long bytes, TimeSpan time) => time > TimeSpan.Zero ? Bytes((long)Math.Min(long.MaxValue / 2, bytes / time.TotalSeconds)) + "/s" : "-";

    /// <summary>Two units at most: <c>0 s</c>, <c>850 ms</c>, <c>5.2 s</c>, <c>51 s</c>, <c>3 min 20 s</c>, <c>2 h 05 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.Zero) return "-" + Duration(time.Negate());
        var seconds = (long)Math.Round(time.TotalSeconds);
        var minutes = (long)Math.Round(time.TotalMinutes);
        var hours = (long)Math.Round(time.TotalHours);
        FormattableString text = time switch
        {
            { Ticks: 0 } => $"0 s",
            { TotalSeconds: < 0.9995 } => $"{Math.Ceiling(time.TotalMilliseconds)} ms",
            { TotalSeconds: < 9.95 } => $"{time.TotalSeconds:0.0} s",
            _ when seconds < 60 => $"{seconds} s",
            _ when seconds < 3600 => $"{seconds / 60} min {seconds % 60:00} s",
            _ when minutes < 24 * 60 => $"{minutes / 60} h {minutes % 60:00} min",
            _ => $"{hours / 24} d {hours % 24} h",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary><c>200,000</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 entry</c>, <c>200,000 entries</c>.</summary>
    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>A part of 1 that somebody chose, as exactly as that: <c>2 %</c>, <c>0.01 %</c>.</summary>
    public static string Part(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0.######} %");

    /// <summary><c>25.1 %</c>; <c>-</c> of nothing.</summary>
    public static string Percent(double part, double whole) => whole > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0.0} %") : "-";
}
