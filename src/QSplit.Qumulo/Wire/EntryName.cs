using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QSplit.Qumulo.Wire;

/// <summary>The name of an entry as the API has it.</summary>
/// <param name="Bytes">UTF-8; with a doubt, only what can be shown of it.</param>
/// <param name="Doubt">Why these may not be the bytes on disk; null when they are.</param>
internal readonly record struct EntryName(ReadOnlyMemory<byte> Bytes, string? Doubt);

/// <summary>Reads names that JSON could not carry as well: a name must not end a survey, it must be known for what it is.</summary>
internal sealed class EntryNameConverter : JsonConverter<EntryName>
{
    private const string Replaced = "it has a replacement character (U+FFFD) in it: its bytes on disk may be others, which JSON cannot carry";
    private const string Broken = "it is not text: its bytes on disk are others, which JSON cannot carry";

    private static ReadOnlySpan<byte> ReplacementCharacter => "\uFFFD"u8;

    public override EntryName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        var raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        try
        {
            var bytes = new byte[raw.Length];
            var name = bytes.AsMemory(0, reader.CopyString(bytes));
            return new(name, name.Span.IndexOf(ReplacementCharacter) >= 0 ? Replaced : null);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, or a byte that is not UTF-8: shown as the answer had it.
            return new(raw.ToArray(), Broken);
        }
    }

    public override void Write(Utf8JsonWriter writer, EntryName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Bytes.Span);
}
