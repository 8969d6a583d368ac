using System.Text.Json;
using QSplit.Emulator.Http;

namespace QSplit.Emulator.Endpoints;

/// <summary>Fields of a body.</summary>
internal static class BodyFields
{
    /// <summary>A field that is text, or a number taken as text; null when it is absent or null.</summary>
    /// <exception cref="Refusal">It is something else.</exception>
    public static string? Text(JsonElement body, string name) => !body.TryGetProperty(name, out var field) ? null : field.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Number => field.GetRawText(),
        _ => throw Refusal.BadRequest($"{name} must be text."),
    };
}
