using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>Says in plain words what is usually behind a YAML parser's complaint.</summary>
internal static partial class YamlMistakes
{
    /// <summary>The complaint, with the likely cause and where that is.</summary>
    public static (Position Position, string Message) Explain(string text, Position position, string complaint)
    {
        var lines = text.Split('\n');
        if (complaint.Contains(" tab", StringComparison.Ordinal))
        {
            for (var line = position.Line; line <= lines.Length; line++)
            {
                var tab = lines[line - 1].IndexOf('\t', StringComparison.Ordinal);
                if (tab >= 0 && lines[line - 1].AsSpan(0, tab).Trim(' ').IsEmpty)
                    return (new(line, tab + 1), "a tab in the indentation; YAML wants spaces");
            }
        }
        var here = position.Line <= lines.Length ? lines[position.Line - 1] : "";
        var hint = here.Length < 1000 && BareReference().IsMatch(here)
            ? "; between { } or [ ], a value with ${...} must be in quotes"
            : here.Contains(": ", StringComparison.Ordinal) && complaint.Contains("invalid mapping", StringComparison.Ordinal)
                ? "; the indentation may be off, or a value with ': ' must be in quotes"
                : "";
        return (position, $"not YAML: {Plainly(complaint)}{hint}");
    }

    private static string Plainly(string complaint) =>
        complaint.Length == 0
            ? "it cannot be read"
            : char.ToLowerInvariant(complaint[0]) + complaint[1..].TrimEnd('.').Replace("  ", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"[{\[].*[:,\[{]\s*\$\{", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex BareReference();
}
