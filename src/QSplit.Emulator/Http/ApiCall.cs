using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace QSplit.Emulator.Http;

/// <summary>A call as an endpoint sees it.</summary>
/// <param name="Captured">What stands in place of each <c>{}</c> of the route, still encoded.</param>
internal sealed record ApiCall(ImmutableArray<string> Captured, ImmutableDictionary<string, string> Query, ReadOnlyMemory<byte> Body)
{
    public string? Text(string parameter) => Query.GetValueOrDefault(parameter);

    /// <summary>A parameter that is a whole number.</summary>
    /// <exception cref="Refusal">It is none, or less than <paramref name="least"/>.</exception>
    public long? Number(string parameter, long least)
    {
        if (Text(parameter) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw Refusal.BadRequest($"{parameter} must be a number, at least {least}; it is '{text}'.");
    }

    /// <summary>A number in the path.</summary>
    /// <exception cref="Refusal">It is none: there is nothing by that name.</exception>
    public long CapturedNumber(int index) =>
        long.TryParse(Captured[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Refusal.BadRequest($"'{Captured[index]}' is not a number.");

    /// <summary>The body, which must be JSON of the kind.</summary>
    public JsonElement Json(JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : throw Refusal.BadRequest($"The body must be a JSON {kind}.");
        }
        catch (JsonException e)
        {
            throw new Refusal(400, "decode_error", $"The body is not JSON: {e.Message}");
        }
    }
}
