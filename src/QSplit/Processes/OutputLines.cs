using System.Buffers;
using System.Text;

namespace QSplit.Processes;

/// <summary>Cuts a stream of bytes into lines; line feed and carriage return both end one, and empty lines are dropped.</summary>
internal static class OutputLines
{
    private const int Longest = 1 << 20;

    public static async Task ReadAsync(Stream stream, Action<string> line, CancellationToken cancellationToken)
    {
        var buffer = new byte[16384];
        var rest = new ArrayBufferWriter<byte>();
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var chunk = buffer.AsMemory(0, read);
            while (chunk.Span.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
            {
                rest.Write(chunk.Span[..end]);
                Flush(rest, line);
                chunk = chunk[(end + 1)..];
            }
            rest.Write(chunk.Span);
            if (rest.WrittenCount > Longest) Flush(rest, line);
        }
        Flush(rest, line);
    }

    private static void Flush(ArrayBufferWriter<byte> bytes, Action<string> line)
    {
        if (bytes.WrittenCount > 0) line(Encoding.UTF8.GetString(bytes.WrittenSpan));
        bytes.ResetWrittenCount();
    }
}
