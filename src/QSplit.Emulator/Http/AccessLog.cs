namespace QSplit.Emulator.Http;

/// <summary>A line for each request: method, raw target, status (0 where the connection was cut), milliseconds. Bodies and tokens never get here.</summary>
/// <param name="writer">Null for no log. Flushed at each line: calls are counted from outside.</param>
internal sealed class AccessLog(TextWriter? writer)
{
    private readonly Lock _gate = new();

    public void Write(string method, string target, int status, TimeSpan elapsed)
    {
        if (writer is null) return;
        lock (_gate)
        {
            writer.Write($"{method} {target} {status} {(long)Math.Ceiling(elapsed.TotalMilliseconds)}\n");
            writer.Flush();
        }
    }
}
