using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QSplit.Reports.Files;

/// <summary><c>report.json</c>: a <see cref="ReportDocument"/> as indented JSON.</summary>
public static class ReportJson
{
    /// <summary>The document, with a line end behind it.</summary>
    public static string Write(ReportDocument report) => JsonSerializer.Serialize(report, ReportShapes.Readable.ReportDocument) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote; what a newer program added is passed over.</summary>
    /// <exception cref="JsonException">It is not such a document.</exception>
    public static ReportDocument Read(string json) => JsonSerializer.Deserialize(json, ReportShapes.Readable.ReportDocument) ?? throw new JsonException("It is null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportShapes : JsonSerializerContext
{
    /// <summary>Names of any script stay readable: a page that has it within itself escapes it for itself.</summary>
    public static ReportShapes Readable => field ??= new(
        new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
