using System.Globalization;
using System.Text.Json.Nodes;
using QSplit.Reports;

namespace QSplit.Testing.Reports;

/// <summary>A figure on a page.</summary>
/// <param name="Path">Where report.json is said to have it.</param>
/// <param name="Value">As it is said to be there.</param>
/// <param name="Text">As it is shown; null where it is drawn.</param>
public sealed record ShownFigure(string Path, string Value, string? Text)
{
    /// <summary>What is wrong with it; null when it is there, has that value, and is shown as what it is.</summary>
    public string? Problem(JsonNode json)
    {
        var there = SampleJson.At(json, Path);
        if (there != Value) return $"{Path}: the page says {Value}, report.json {there ?? "nothing"}";
        return Text is null || Readings().Any(reading => Text == reading || Text.StartsWith(reading + " ", StringComparison.Ordinal)) ? null : $"{Path}: {Value} is shown as {Text}";
    }

    private IEnumerable<string> Readings()
    {
        yield return Value;
        if (double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            yield return Humane.Count((long)Math.Round(number));
            yield return Humane.Bytes((long)number);
            yield return Humane.Bytes((long)number) + "/s";
            yield return Humane.Duration(TimeSpan.FromSeconds(Math.Min(number, 1e9)));
        }
        if (DateTimeOffset.TryParse(Value, CultureInfo.InvariantCulture, out var moment))
        {
            yield return moment.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            yield return moment.UtcDateTime.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);
            yield return moment.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        }
    }
}
