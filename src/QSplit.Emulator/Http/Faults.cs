using System.Collections.Immutable;

namespace QSplit.Emulator.Http;

/// <summary>What goes wrong on purpose. Each can be set at any time, also while calls are under way.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private ImmutableArray<string> _vanished = [];
    private int _calls;

    /// <summary>How long each call waits before it is looked at.</summary>
    public TimeSpan Latency { get; set => Set(ref field, value); }

    /// <summary>How many calls a token is good for; null for any number. A new login gives a new token.</summary>
    public long? UnauthorizedAfter { get; set => Set(ref field, value); }

    /// <summary>How many calls go well before those that fail are counted.</summary>
    public int After { get; set => Set(ref field, value); }

    /// <summary>How many calls to come are answered with 429.</summary>
    public int TooMany { get; set => Set(ref field, value); }

    /// <summary>What such an answer says of when to come again, in seconds; null leaves it out.</summary>
    public int? RetryAfter { get; set => Set(ref field, value); }

    /// <summary>How many calls to come are answered with <see cref="ErrorStatus"/>.</summary>
    public int Errors { get; set => Set(ref field, value); }

    /// <summary>500 to 599.</summary>
    public int ErrorStatus { get; set => Set(ref field, value); } = 503;

    /// <summary>For how many calls to come the connection is cut in place of an answer.</summary>
    public int Cut { get; set => Set(ref field, value); }

    /// <summary>For how many calls to come the answer breaks off in its middle.</summary>
    public int Truncate { get; set => Set(ref field, value); }

    /// <summary>By how much the totals of a directory are behind those of what is in it: 0 to 1.</summary>
    public double Lag { get; set => Set(ref field, value); }

    /// <summary>The most entries on one page, whatever is asked for; null for no such limit.</summary>
    public int? PageLimit { get; set => Set(ref field, value); }

    /// <summary>Answers for a path, and for all below it, as if it were gone; listings of the directory above still show it.</summary>
    public void Vanish(string path)
    {
        lock (_gate) _vanished = _vanished.Add(path.Length > 1 ? path.TrimEnd('/') : path);
    }

    /// <summary>Lets what vanished come back.</summary>
    public void Return()
    {
        lock (_gate) _vanished = [];
    }

    internal bool IsGone(string path)
    {
        lock (_gate) return _vanished.Any(gone => path == gone || gone == "/" || path.StartsWith(gone + "/", StringComparison.Ordinal));
    }

    /// <summary>What happens to the next call.</summary>
    internal FaultKind Next()
    {
        lock (_gate)
        {
            if (_calls++ < After) return FaultKind.None;
            if (Cut > 0 && Cut-- > 0) return FaultKind.Cut;
            if (TooMany > 0 && TooMany-- > 0) return FaultKind.TooMany;
            if (Errors > 0 && Errors-- > 0) return FaultKind.Error;
            if (Truncate > 0 && Truncate-- > 0) return FaultKind.Truncate;
            return FaultKind.None;
        }
    }

    private void Set<T>(ref T field, T value)
    {
        lock (_gate) field = value;
    }
}

internal enum FaultKind
{
    None,
    Cut,
    TooMany,
    Error,
    Truncate,
}
