using System.Text;

namespace QSplit.Manifests;

/// <summary>Reads a manifest's bytes as text: UTF-8, with or without a byte order mark, and nothing that only a terminal understands.</summary>
internal static class ManifestText
{
    /// <summary>More than a person writes or a review reads; keeps the parser from being fed a disk image.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; null, with a report, when the bytes are not text.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, Action<Position, string> report)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            var valid = Encoding.UTF8.GetString(bytes[..FirstInvalid(bytes)]);
            report(EndOf(valid), "not UTF-8 text from here on; save the manifest as UTF-8");
            return null;
        }
        var control = text.AsSpan().IndexOfAny(Controls);
        if (control < 0) return text;
        report(
            EndOf(text.AsSpan(0, control)),
            $"not YAML: a control character, U+{(int)text[control]:X4}; in double quotes it can be written \\x{(int)text[control]:x2}");
        return null;
    }

    private static readonly System.Buffers.SearchValues<char> Controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append(0x7F).Select(code => (char)code).Except(['\t', '\n', '\r'])]);

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done) offset += consumed;
        return offset;
    }

    private static Position EndOf(ReadOnlySpan<char> text) => new(text.Count('\n') + 1, text.Length - text.LastIndexOf('\n'));
}
