using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace QSplit.Evidence;

/// <summary>What a <c>chain.txt</c> says, be it true or not.</summary>
/// <param name="Head">Its first lines, which begin with <c>#</c>.</param>
internal sealed partial record WrittenChain(ReadOnlyMemory<byte> Head, ImmutableArray<WrittenLine> Lines)
{
    public static WrittenChain Read(ReadOnlyMemory<byte> bytes)
    {
        var (head, number) = (0, 1);
        while (bytes.Span[head..] is [(byte)'#', ..] rest && rest.IndexOf((byte)'\n') is var end and >= 0) (head, number) = (head + end + 1, number + 1);
        var lines = Encoding.UTF8.GetString(bytes.Span[head..]).Split('\n');
        // What stands behind the last line feed is no line, but the rest of one that was cut off.
        return new(bytes[..head], [.. lines.Select((line, i) => LineOf(number + i, line, i < lines.Length - 1)).Where((line, i) => i < lines.Length - 1 || lines[i].Length > 0)]);
    }

    private static WrittenLine LineOf(int number, string text, bool isWhole) =>
        isWhole && Line().Match(text) is { Success: true } match && long.TryParse(match.Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new(number, match.Groups["link"].Value, new(match.Groups["path"].Value, size, match.Groups["sum"].Value))
            : new(number, null, null);

    [GeneratedRegex("^(?<link>[0-9a-f]{64}) (?<sum>[0-9a-f]{64}) (?<size>0|[1-9][0-9]{0,18}) (?<path>\\P{Cc}+)\\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Line();
}

/// <summary>A line of it; without a link and a file where it cannot be read.</summary>
/// <param name="Number">From 1.</param>
internal sealed record WrittenLine(int Number, string? Link, EvidenceFile? File);
