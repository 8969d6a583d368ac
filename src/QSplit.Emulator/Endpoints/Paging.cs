using System.Text.Json;
using QSplit.Emulator.Http;

namespace QSplit.Emulator.Endpoints;

/// <summary>Where the next page is: clients send the text as it is, so it carries all that was asked for.</summary>
internal static class Paging
{
    private const int UsualLimit = 1000;
    private const int MostPerPage = 10_000;

    /// <summary>How much goes on one page: what was asked for, within what a server gives.</summary>
    public static int Limit(ApiCall call, Faults faults) => (int)Math.Min(call.Number("limit", 1) ?? UsualLimit, Math.Min(MostPerPage, faults.PageLimit ?? int.MaxValue));

    /// <param name="path">As in the request, its reference still encoded.</param>
    public static string Next(string path, ApiCall call, long after)
    {
        var carried = call.Query.Where(parameter => parameter.Key != "after").OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"&{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}");
        return $"{path}?after={after}{string.Concat(carried)}";
    }

    /// <param name="next">Empty on the last page.</param>
    public static void Write(Utf8JsonWriter json, string next)
    {
        json.WriteStartObject("paging");
        json.WriteString("next", next);
        json.WriteEndObject();
    }
}
