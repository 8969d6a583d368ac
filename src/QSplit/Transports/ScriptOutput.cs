namespace QSplit.Transports;

/// <summary>
/// Tells what a script says from all else that comes the same way: login shells greet before it begins (which is not for the program that reads
/// rsync's words), ssh complains. Both streams are read here, each from a thread of its own.
/// </summary>
internal sealed class ScriptOutput(string nonce, Listener listener)
{
    private const int MostWords = 20;
    private readonly Lock _gate = new();
    private readonly Queue<string> _words = new();
    private readonly string _mark = $"@{nonce} ";
    private bool _outputBegan;
    private bool _errorsBegan;

    public bool Began => _outputBegan;

    /// <summary>The exit code that the script said it ends with; null before it did.</summary>
    public int? Code { get; private set; }

    /// <summary>What was heard from others than the script: the last lines.</summary>
    public string Words
    {
        get
        {
            lock (_gate) return string.Join(Environment.NewLine, _words);
        }
    }

    public void Output(string line)
    {
        if (line.StartsWith(_mark, StringComparison.Ordinal)) Said(line[_mark.Length..]);
        else if (_outputBegan && Code is null) listener.Output(line);
        else Keep(line);
    }

    public void Error(string line)
    {
        if (line.StartsWith(_mark, StringComparison.Ordinal)) _errorsBegan = true;
        else if (_errorsBegan) listener.Error(line);
        else Keep(line);
    }

    private void Said(string words)
    {
        if (words == "begin") _outputBegan = true;
        else if (words.StartsWith("end ", StringComparison.Ordinal)) Code = int.Parse(words["end ".Length..]);
        else listener.Said(words);
    }

    private void Keep(string line)
    {
        lock (_gate)
        {
            if (_words.Count == MostWords) _words.Dequeue();
            _words.Enqueue(line);
        }
    }
}
