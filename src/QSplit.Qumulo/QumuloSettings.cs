namespace QSplit.Qumulo;

/// <summary>How to deal with a cluster; what is not set is right for a real one.</summary>
public sealed record QumuloSettings
{
    /// <summary>Where a session token is read from when the manifest names no login, such as <c>~/.qfsd_cred</c> in full; null is nowhere.</summary>
    public string? DefaultCredentials { get; init; }

    /// <summary>For the connection and its TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a cluster may be silent, before its answer and in the middle of it.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a call is repeated that failed for a reason that may pass.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Calls under way at once, over all addresses.</summary>
    public int CallsAtOnce { get; init; } = 25;

    /// <summary>Entries asked for in one page of a listing; a cluster may give fewer.</summary>
    public int PageSize { get; init; } = 1_000;

    /// <summary>Children asked for with the totals of a directory; what is beyond has to be paged for.</summary>
    public int ChildrenPerCall { get; init; } = 10_000;

    /// <summary>The longest answer that is read, in bytes: 10,000 children take some 3 MB.</summary>
    public long LargestAnswer { get; init; } = 256L << 20;

    /// <summary>From 0 to 1, by which waiting times are spread; a fixed one makes them the same each time.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
