using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QSplit.Emulator.Http;

/// <summary>What is sent back: JSON, or nothing.</summary>
/// <param name="RetryAfter">Seconds.</param>
internal sealed record Reply(int Status, ReadOnlyMemory<byte> Body, int? RetryAfter = null)
{
    // Names are shown as they are: nothing here ends up in a web page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Reply Nothing(int status) => new(status, default);

    public static Reply Json(Action<Utf8JsonWriter> write) => Json(200, write);

    public static Reply Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain)) write(json);
        return new(status, buffer.WrittenMemory);
    }

    /// <summary>The form of all errors.</summary>
    public static Reply Error(int status, string errorClass, string description) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("module", "qsplit.emulator");
        json.WriteString("error_class", errorClass);
        json.WriteString("description", description);
        json.WriteStartArray("stack");
        json.WriteEndArray();
        json.WriteBoolean("user_visible", true);
        json.WriteEndObject();
    });
}
