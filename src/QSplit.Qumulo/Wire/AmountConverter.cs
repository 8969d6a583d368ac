using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QSplit.Qumulo.Wire;

/// <summary>Bytes or entries: a number, or one in a string. Nothing, null and what is below zero (totals lag) are 0.</summary>
internal sealed class AmountConverter : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => 0,
        JsonTokenType.Number => Math.Max(0, reader.GetInt64()),
        JsonTokenType.String => Parse(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static long Parse(ReadOnlySpan<byte> digits) =>
        digits.IsEmpty ? 0
        : long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? Math.Max(0, amount)
        : throw new JsonException();
}
