using System.Globalization;

namespace QSplit.Reports.Html;

/// <summary>Ties what a page shows to the value of <c>report.json</c> that it stands for, so that a program can compare the two.</summary>
internal static class Figure
{
    /// <summary>A figure in running text.</summary>
    /// <param name="path">Where report.json has it: <c>plan.buckets[3].bytes</c>.</param>
    /// <param name="shown">As people read it.</param>
    public static Markup Of(string path, long value, string shown) => Span(path, Raw(value), shown);

    public static Markup Of(string path, double value, string shown) => Span(path, Raw(value), shown);

    public static Markup Of(string path, DateTimeOffset value, string shown) => Span(path, Raw(value), shown);

    /// <summary>A text that is shown as it is.</summary>
    public static Markup Of(string path, string value) => Span(path, value, value);

    /// <summary>A count: <c>200,000</c>.</summary>
    public static Markup Count(string path, long value) => Of(path, value, Humane.Count(value));

    /// <summary>A count with its noun: <c>1 file</c>.</summary>
    public static Markup Count(string path, long value, string one, string many) => Of(path, value, Humane.Count(value, one, many));

    public static Markup Bytes(string path, long value) => Of(path, value, Humane.Bytes(value));

    public static Markup Seconds(string path, double value) => Of(path, value, Humane.Duration(TimeSpan.FromSeconds(value)));

    /// <summary>The attributes alone, for something that is drawn.</summary>
    public static Markup Attributes(string path, long value) => Attributes(path, Raw(value));

    public static Markup Attributes(string path, double value) => Attributes(path, Raw(value));

    private static Markup Span(string path, string raw, string shown) => Markup.Of($"<span{Attributes(path, raw)}>{shown}</span>");

    private static Markup Attributes(string path, string raw) => Markup.Of($" data-figure=\"{path}\" data-value=\"{raw}\"");

    // As System.Text.Json writes them.
    private static string Raw(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Raw(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Raw(DateTimeOffset value) => value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
