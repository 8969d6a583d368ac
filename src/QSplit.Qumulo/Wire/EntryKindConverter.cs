using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Trees;

namespace QSplit.Qumulo.Wire;

/// <summary>What an entry is, such as <c>FS_FILE_TYPE_DIRECTORY</c>; a kind of tomorrow's is special. No text is made: a listing has millions of them.</summary>
internal sealed class EntryKindConverter : JsonConverter<EntryKind>
{
    public override EntryKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? throw new JsonException()
        : reader.ValueTextEquals("FS_FILE_TYPE_FILE"u8) ? EntryKind.File
        : reader.ValueTextEquals("FS_FILE_TYPE_DIRECTORY"u8) ? EntryKind.Directory
        : reader.ValueTextEquals("FS_FILE_TYPE_SYMLINK"u8) ? EntryKind.Symlink
        : EntryKind.Special;

    public override void Write(Utf8JsonWriter writer, EntryKind value, JsonSerializerOptions options) => throw new NotSupportedException();
}
