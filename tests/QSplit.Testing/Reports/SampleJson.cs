using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QSplit.Reports;
using QSplit.Reports.Files;

namespace QSplit.Testing.Reports;

/// <summary>A report as <c>report.json</c> has it: to look values up in, and to fill with other names.</summary>
public static partial class SampleJson
{
    // What is no free text: words of a closed list, and times.
    private static readonly Regex Closed = ClosedPaths();

    public static JsonNode Of(ReportDocument document) => JsonNode.Parse(ReportJson.Write(document))!;

    /// <summary>What stands at a path such as <c>plan.buckets[3].bytes</c>, as it is written there; of an array also its <c>length</c>. Null when nothing does.</summary>
    public static string? At(JsonNode json, string path)
    {
        var at = json;
        foreach (Match step in Steps().Matches(path))
        {
            if (step.ValueSpan is "length" && at is JsonArray array) return array.Count.ToString(CultureInfo.InvariantCulture);
            at = at switch
            {
                JsonArray list when step.Groups["index"].Success && int.Parse(step.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) is var index && index < list.Count => list[index],
                JsonObject parent => parent[step.Value],
                _ => null,
            };
            if (at is null) return null;
        }
        return at is JsonValue value && value.GetValueKind() == JsonValueKind.String ? JsonSerializer.Deserialize<string>(value.ToJsonString()) : at.ToJsonString();
    }

    /// <summary>The report with other names in place of all that came from outside.</summary>
    public static ReportDocument WithNames(ReportDocument document, Func<string, string> name)
    {
        var json = Of(document);
        Rename(json);
        return ReportJson.Read(json.ToJsonString());

        void Rename(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject parent:
                    foreach (var child in parent.ToArray()) Rename(child.Value);
                    break;
                case JsonArray list:
                    foreach (var child in list.ToArray()) Rename(child);
                    break;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String && !Closed.IsMatch(value.GetPath()):
                    value.ReplaceWith(name(JsonSerializer.Deserialize<string>(value.ToJsonString())!));
                    break;
            }
        }
    }

    [GeneratedRegex(@"\[(?<index>\d+)\]|\w+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Steps();

    [GeneratedRegex(@"^\$\.kind$|^\$\.(preview|verification)\..*\.kind$|^\$\.status\.(state|mode)$|\.(made|at|heard|until|began|ended|standing)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ClosedPaths();
}
