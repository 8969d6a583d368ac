using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Lasting;

namespace QSplit.Cutovers;

/// <summary><c>cutover.json</c> in the folder of a cutover.</summary>
internal static class CutoverFile
{
    public const string Name = "cutover.json";

    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static void Write(string folder, CutoverRecord record)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            LastingFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new CutoverDocument(CutoverDocument.CurrentVersion, record), CutoverJson.Readable.CutoverDocument));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {e.Message} Free some room or mend the permissions there, then try again.", e);
        }
    }

    /// <summary>The record in a folder; null where a cutover has not come so far.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static CutoverRecord? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CutoverJson.Readable.CutoverDocument) is { Version: CutoverDocument.CurrentVersion } document
                ? document.Cutover
                : throw new StorageException($"{path} is of another version than this program reads.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StorageException($"{path} cannot be read: {e.Message} To begin another cutover: --fresh", e);
        }
    }
}

internal sealed record CutoverDocument(int Version, CutoverRecord Cutover)
{
    public const int CurrentVersion = 1;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, IndentSize = 2, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CutoverDocument))]
internal sealed partial class CutoverJson : JsonSerializerContext
{
    public static CutoverJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
