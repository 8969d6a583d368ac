using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace QSplit.Preflights;

/// <summary>A version of rsync, and what it was built with.</summary>
/// <param name="Capabilities">By rsync's own names for them (<c>ACLs</c>, <c>xattrs</c>, <c>hardlinks</c>), whether it has them; one that is not mentioned is not known.</param>
internal sealed partial record RsyncBuild(Version Version, ImmutableDictionary<string, bool> Capabilities)
{
    /// <summary>Reads what <c>rsync -VV</c> prints: JSON since 3.2.4, the text of <c>--version</c> before; null when it is neither.</summary>
    public static RsyncBuild? Read(string text) => text.StartsWith('{') ? ReadJson(text) : ReadText(text);

    public bool Lacks(string capability) => Capabilities.TryGetValue(capability, out var has) && !has;

    private static RsyncBuild? ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (!root.TryGetProperty("version", out var version) || NumberOf(version.GetString() ?? "") is not { } number) return null;
            var capabilities = root.TryGetProperty("capabilities", out var listed) ? listed.EnumerateObject().ToList() : [];
            return new(number, capabilities.ToImmutableDictionary(c => c.Name.Replace('_', '-'), c => c.Value.ValueKind != JsonValueKind.False));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static RsyncBuild? ReadText(string text)
    {
        if (FirstLine().Match(text) is not { Success: true } match || NumberOf(match.Groups["v"].Value) is not { } number) return null;
        var capabilities = ImmutableDictionary<string, bool>.Empty;
        var from = text.IndexOf("Capabilities:", StringComparison.Ordinal);
        var lines = from < 0 ? [] : text[from..].Split('\n').Skip(1).TakeWhile(line => line.StartsWith(' ')).ToArray();
        foreach (var word in lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            capabilities = word.StartsWith("no ", StringComparison.Ordinal) ? capabilities.SetItem(word[3..], false) : capabilities.SetItem(word, true);
        return new(number, capabilities);
    }

    private static Version? NumberOf(string text) => Number().Match(text) is { Success: true } match ? Version.Parse(match.Value) : null;

    [GeneratedRegex(@"\d{1,5}\.\d{1,5}\.\d{1,5}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Number();

    [GeneratedRegex(@"^rsync\s+version v?(?<v>\d+\.\d+\.\d+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Timeout.Infinite)]
    private static partial Regex FirstLine();
}
