using System.Collections.Immutable;

namespace QSplit.Emulator.Http;

/// <summary>What goes wrong on purpose. Each can be set at any time, also while calls are under way.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private ImmutableArray<string> _vanished = [];
    private ImmutableDictionary<string, string> _refused = ImmutableDictionary<string, string>.Empty;
    private ImmutableHashSet<string> _withheld = [];
    private ImmutableHashSet<long> _locked = [], _owned = [];
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

    /// <summary>For how many calls about snapshots a deleted one is still there, as one that is being deleted.</summary>
    public int Deleting { get; set => Set(ref field, value); }

    /// <summary>Whether a difference names a file that was modified under one of its names only, when it has several.</summary>
    public bool OneName { get; set => Set(ref field, value); }

    /// <summary>Whether a read by a snapshot of another directory is refused. Otherwise what is there now is the answer.</summary>
    public bool RefuseUncovered { get; set => Set(ref field, value); }

    /// <summary>The version of the software that the cluster says it has.</summary>
    public Version Core { get; set => Set(ref field, value); } = new(7, 7, 2);

    /// <summary>The account lacks a privilege: calls that need it are refused.</summary>
    /// <param name="privilege">Such as <c>PRIVILEGE_SNAPSHOT_WRITE</c>.</param>
    public void Withhold(string privilege)
    {
        lock (_gate) _withheld = _withheld.Add(privilege);
    }

    /// <summary>Answers for a path, and for all below it, with an error; listings of the directory above still show it.</summary>
    /// <param name="errorClass">Such as <c>fs_encountered_portal_error</c>.</param>
    public void Refuse(string path, string errorClass)
    {
        lock (_gate) _refused = _refused.SetItem(path.Length > 1 ? path.TrimEnd('/') : path, errorClass);
    }

    /// <summary>A snapshot is locked: it cannot be deleted.</summary>
    public void Lock(long snapshot)
    {
        lock (_gate) _locked = _locked.Add(snapshot);
    }

    /// <summary>A replication uses a snapshot: it cannot be deleted.</summary>
    public void Own(long snapshot)
    {
        lock (_gate) _owned = _owned.Add(snapshot);
    }

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
        lock (_gate) return _vanished.Any(gone => IsIn(gone, path));
    }

    /// <summary>The error class that a path is answered with; null where nothing is wrong with it.</summary>
    internal string? RefusalOf(string path)
    {
        lock (_gate) return _refused.Where(one => IsIn(one.Key, path)).Select(one => one.Value).FirstOrDefault();
    }

    internal bool IsWithheld(string privilege)
    {
        lock (_gate) return _withheld.Contains(privilege);
    }

    internal bool IsLocked(long snapshot)
    {
        lock (_gate) return _locked.Contains(snapshot);
    }

    internal bool IsOwned(long snapshot)
    {
        lock (_gate) return _owned.Contains(snapshot);
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

    private static bool IsIn(string directory, string path) => path == directory || directory == "/" || path.StartsWith(directory + "/", StringComparison.Ordinal);

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
