using System.Collections.Immutable;

namespace QSplit.Preflights;

internal enum SourceState
{
    Missing,
    Shut,
    There,
}

internal enum TargetState
{
    /// <summary>Neither it nor what it lies in is there.</summary>
    Nowhere,

    /// <summary>It is there and is no directory.</summary>
    Other,

    /// <summary>What it lies in is there.</summary>
    ParentThere,

    There,
}

/// <summary>What a host said of itself; nothing is judged yet.</summary>
/// <param name="Source">Where it was to look for the source.</param>
/// <param name="Target">Where it was to look for the target.</param>
/// <param name="Parent">What the target is to lie in.</param>
internal sealed record HostFacts(string Host, string Place, string Source, string Target, string Parent)
{
    /// <summary>Why it cannot be reached; null when it answered.</summary>
    public string? Down { get; init; }

    /// <summary>Why it can run no script although it can be reached; null when it can.</summary>
    public string? Unfit { get; init; }

    public TimeSpan? ClockDifference { get; init; }

    /// <summary>The number of the user there; 0 is root.</summary>
    public int? User { get; init; }

    /// <summary>Programs that were looked for and are not there.</summary>
    public ImmutableArray<string> Lacks { get; init; } = [];

    /// <summary>What rsync said of itself; null where there is none.</summary>
    public RsyncAnswer? Rsync { get; init; }

    public SourceState SourceState { get; init; }

    public bool IsSourceEmpty { get; init; }

    /// <summary>Whether entries of the source have NFSv4 ACLs.</summary>
    public bool HasNfs4Acls { get; init; }

    /// <summary>How many planned paths were looked for, how many are missing, the number of the first of these.</summary>
    public string Counted { get; init; } = "";

    /// <summary>Planned paths (<c>w 3</c>: the third) and entries of the root (<c>r name</c>) as they were seen.</summary>
    public ImmutableDictionary<string, SeenEntry> Seen { get; init; } = ImmutableDictionary<string, SeenEntry>.Empty;

    /// <summary>Its own clock while it looked, in seconds since 1970; 0 where it does not tell.</summary>
    public long Clock { get; init; }

    public TargetState TargetState { get; init; }

    /// <summary>Whether there is anything in the target.</summary>
    public bool HoldsSomething { get; init; }

    public bool CanWrite { get; init; }

    /// <summary>Why not, in the system's words.</summary>
    public string WriteError { get; init; } = "";

    /// <summary>What became of an owner that was set on the target: two numbers; null where that was not tried.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether the target has times to the nanosecond in it; only asked where nothing may be written.</summary>
    public bool HasFineTimes { get; init; }

    public long? FreeBytes { get; init; }

    public long? FreeInodes { get; init; }

    /// <summary>How an rsync ended that had nothing to copy, and its last words; null where it was not tried.</summary>
    public RsyncAnswer? Trial { get; init; }

    /// <summary>What is mounted below its source and its target.</summary>
    public ImmutableArray<NestedMount> Mounts { get; init; } = [];

    public bool IsRoot => User == 0;

    /// <summary>Where things can be written now: the target, or what it lies in.</summary>
    public string WritingPlace => TargetState == TargetState.There ? Target : Parent;
}

/// <summary>How an entry looked: the kind (the upper bits of its mode), bytes of a regular file, seconds of its last change.</summary>
internal readonly record struct SeenEntry(int Kind, long Size, long Changed);

/// <summary>What rsync printed when it was asked for its version.</summary>
internal sealed record RsyncAnswer(int ExitCode, string Text);
