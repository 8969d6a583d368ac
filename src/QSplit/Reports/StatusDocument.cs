using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QSplit.Reports;

/// <summary>The status of some migrations as other programs read it.</summary>
/// <param name="Schema">Names this shape: <c>qsplit-status/1</c>. Another number means that something was renamed or taken away.</param>
/// <param name="Migrations">In the order in which they were asked for; <see cref="RunStatus"/> says what each has.</param>
public sealed record StatusDocument(string Schema, ImmutableArray<RunStatus> Migrations)
{
    public const string CurrentSchema = "qsplit-status/1";

    /// <summary>The document as indented JSON, without a line end behind it.</summary>
    public static string Write(ImmutableArray<RunStatus> migrations) =>
        JsonSerializer.Serialize(new StatusDocument(CurrentSchema, migrations), StatusJson.Readable.StatusDocument);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusDocument))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    /// <summary>Names of any script stay readable: the text is never part of a web page.</summary>
    public static StatusJson Readable => field ??= new(
        new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
