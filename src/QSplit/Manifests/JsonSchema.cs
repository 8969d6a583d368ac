using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>The manifest's JSON schema, out of the keys that the reader reads: editors complete and check against it.</summary>
internal static class JsonSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of <c>migrations.schema.json</c>.</summary>
    /// <remarks>Draft 7, which the YAML language server behind most editors knows best.</remarks>
    public static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "QSplit migrations",
            ["description"] = "File-system migrations: clusters, hosts, and what is to be moved where.",
        };
        foreach (var (name, value) in ManifestKeys.Shape("", "").Value.Schema()) schema[name] = value?.DeepClone();
        return schema.ToJsonString(Indented) + "\n";
    }
}
