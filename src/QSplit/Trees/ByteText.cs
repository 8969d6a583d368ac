using System.Text;

namespace QSplit.Trees;

/// <summary>
/// Bytes as text that people can read and programs can read back, in rsync's own convention: text is UTF-8, and a control
/// character, a byte that is not UTF-8, or a backslash that would start such an escape is written <c>\#ooo</c> (three octal digits).
/// </summary>
/// <remarks>The escapes are those of rsync's output (rsync 3, log.c, <c>filtered_fwrite</c>), so that one reader serves both.</remarks>
public static class ByteText
{
    /// <summary>Writes <paramref name="bytes"/> as text; every sequence of bytes has a text that reads back as itself.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length;)
        {
            var status = Rune.DecodeFromUtf8(bytes[i..], out var rune, out var consumed);
            if (status != System.Buffers.OperationStatus.Done || Rune.IsControl(rune) || (rune.Value == '\\' && IsEscape(bytes[i..])))
                foreach (var b in bytes.Slice(i, consumed)) Escape(text, b);
            else
                text.Append(rune.ToString());
            i += consumed;
        }
        return text.ToString();
    }

    /// <summary>Reads text written by <see cref="Write"/>, or a name in rsync's output.</summary>
    public static byte[] Read(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && IsEscape(text[i..]))
            {
                bytes[length++] = (byte)(((text[i + 2] - '0') << 6) | ((text[i + 3] - '0') << 3) | (text[i + 4] - '0'));
                i += 5;
                continue;
            }
            Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
            length += rune.EncodeToUtf8(bytes.AsSpan(length));
            i += consumed;
        }
        return bytes[..length];
    }

    private static bool IsEscape<T>(ReadOnlySpan<T> text) where T : unmanaged, System.Numerics.INumberBase<T> =>
        text.Length >= 5 && Is(text[1], '#') && Digit(text[2], '3') && Digit(text[3], '7') && Digit(text[4], '7');

    private static bool Is<T>(T value, char wanted) where T : System.Numerics.INumberBase<T> => int.CreateTruncating(value) == wanted;

    private static bool Digit<T>(T value, char last) where T : System.Numerics.INumberBase<T> => int.CreateTruncating(value) is var v && v >= '0' && v <= last;

    private static void Escape(StringBuilder text, byte b) =>
        text.Append("\\#").Append(Convert.ToString(b, 8).PadLeft(3, '0'));
}
