namespace QSplit.Runs;

/// <summary>The log of one attempt: what was started, all that it said but for the display of progress, how it ended.</summary>
internal sealed class AttemptLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;

    public AttemptLog(string folder, string work, int attempt)
    {
        Directory.CreateDirectory(folder);
        Path = System.IO.Path.Combine(folder, $"{work}.{attempt}.log");
        _writer = new StreamWriter(new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    public string Path { get; }

    /// <summary>Adds a line. Both outputs of a program write here, each from a thread of its own.</summary>
    public void Add(string line)
    {
        lock (_gate) _writer.WriteLine(line);
    }

    public void Dispose() => _writer.Dispose();
}
