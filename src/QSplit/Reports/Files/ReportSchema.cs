using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace QSplit.Reports.Files;

/// <summary>The JSON schema of <c>report.json</c>, out of the records that it is written from. What each property means, those say.</summary>
internal static class ReportSchema
{
    /// <summary>The text of <c>report.schema.json</c>.</summary>
    public static string Write()
    {
        var options = ReportShapes.Readable.Options;
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"QSplit report ({ReportDocument.CurrentSchema})",
            ["description"] = "Sizes in bytes, spans in seconds, times in UTC as ISO 8601; null is what is not known or does not apply. The records of ReportDocument.cs say what each property means.",
        };
        foreach (var (name, value) in options.GetJsonSchemaAsNode(typeof(ReportDocument), new() { TreatNullObliviousAsNonNullable = true }).AsObject()) schema[name] = value?.DeepClone();
        return schema.ToJsonString(options) + "\n";
    }
}
