using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace QSplit.Emulator.Http;

/// <summary>
/// A request target as it came: a path of a file is one segment of it, its slashes written <c>%2F</c>, which no ready-made parser leaves alone.
/// </summary>
/// <param name="Segments">Between slashes, still encoded; the last is empty behind a slash at the end.</param>
/// <param name="Query">Decoded; of parameters that come twice, the last.</param>
internal sealed record RawTarget(ImmutableArray<string> Segments, ImmutableDictionary<string, string> Query)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="target">With or without scheme and authority in front.</param>
    public static RawTarget Parse(string target)
    {
        var path = target;
        if (!path.StartsWith('/') && path.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
            path = path.IndexOf('/', scheme + 3) is var slash and >= 0 ? path[slash..] : "/";
        var query = "";
        if (path.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0) (path, query) = (path[..mark], path[(mark + 1)..]);
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = parameter.Split('=', 2);
            parameters[Decode(parts[0])] = parts.Length > 1 ? Decode(parts[1]) : "";
        }
        return new([.. path.Split('/').Skip(1)], parameters.ToImmutable());
    }

    /// <summary>Decodes once: <c>%252F</c> is the text <c>%2F</c>.</summary>
    /// <exception cref="Refusal">It is not UTF-8, or an escape is not one.</exception>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%') bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
            else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else throw Refusal.BadRequest($"'{text}' has a % in it that no two hexadecimal digits follow.");
        }
        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.BadRequest($"'{text}' is not UTF-8.");
        }
    }
}
