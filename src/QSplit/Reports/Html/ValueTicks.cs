using System.Collections.Immutable;
using System.Globalization;

namespace QSplit.Reports.Html;

/// <summary>Marks for amounts from 0 up, round in the unit that suits the largest.</summary>
internal static class ValueTicks
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    private static readonly int[] Digits = [1, 2, 5, 10];

    /// <summary>From 0 to the first mark that is no less than <paramref name="most"/>, in <paramref name="count"/> steps at most; the last mark is the axis' end.</summary>
    /// <param name="unit"><c>bytes</c>, <c>seconds</c> or <c>entries</c>.</param>
    public static (double End, ImmutableArray<Tick> Ticks) Of(double most, string unit, int count)
    {
        if (!double.IsFinite(most) || most <= 0) most = 1;
        var (scale, suffix) = Scale(most, unit);
        var isWhole = unit != "seconds" && scale == 1;
        var step = Step(most / scale / count, isWhole);
        var steps = Math.Max(1, (int)Math.Ceiling((most / scale / step) - 1e-9));
        return (steps * step * scale, [.. Enumerable.Range(0, steps + 1).Select(i => new Tick((double)i / steps, i == 0 ? "0" : Number(i * step) + suffix))]);
    }

    private static double Step(double least, bool isWhole)
    {
        if (isWhole) least = Math.Max(1, least);
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return Digits.Select(digit => digit * power).First(step => step >= least * (1 - 1e-9));
    }

    private static (double Scale, string Suffix) Scale(double most, string unit)
    {
        if (unit == "seconds") return most switch { >= 2 * 86400 => (86400, " d"), >= 2 * 3600 => (3600, " h"), >= 2 * 60 => (60, " min"), _ => (1, " s") };
        if (unit != "bytes") return (1, "");
        var (scale, name) = (1.0, 0);
        for (; most / scale >= 1024 && name < ByteUnits.Length - 1; name++) scale *= 1024;
        return (scale, " " + ByteUnits[name]);
    }

    private static string Number(double amount) => Math.Round(amount, 9).ToString("#,0.#########", CultureInfo.InvariantCulture);
}
