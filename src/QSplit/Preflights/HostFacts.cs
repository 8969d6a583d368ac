using System.Collections.Immutable;
using QSplit.Trees;

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

    /// <summary>Of some entries of the source how many were looked at, and how many of them have extended attributes of users, and ACLs;
    /// zeros where that is not known.</summary>
    public (long Entries, long Attributes, long Acls) Sample { get; init; }

    /// <summary>How many planned paths were looked for, how many are missing, the number of the first of these.</summary>
    public string Counted { get; init; } = "";

    /// <summary>Planned paths and entries of the root as they were seen.</summary>
    public ImmutableDictionary<string, SeenEntry> Seen { get; init; } = ImmutableDictionary<string, SeenEntry>.Empty;

    /// <summary>Its own clock while it looked, in seconds since 1970; 0 where it does not tell.</summary>
    public long Clock { get; init; }

    public TargetState TargetState { get; init; }

    /// <summary>Where the source is, whatever it is mounted as; null where that is not known.</summary>
    public TreePlace? SourcePlace { get; init; }

    /// <summary>The same of the target.</summary>
    public TreePlace? TargetPlace { get; init; }

    /// <summary>Whether there is anything in the target.</summary>
    public bool HoldsSomething { get; init; }

    public bool CanWrite { get; init; }

    /// <summary>Why not, in the system's words.</summary>
    public string WriteError { get; init; } = "";

    /// <summary>What became of an owner that rsync was to set on the target: two numbers with a colon between them; null where that was
    /// not tried.</summary>
    public string? Owner { get; init; }

    /// <summary>How that rsync ended; null where it was not tried.</summary>
    public int? OwnerExit { get; init; }

    /// <summary>The numbers of the groups that the user is a member of.</summary>
    public ImmutableArray<uint> Groups { get; init; } = [];

    /// <summary>Whom some entries of the source belong to; only asked where owners are not kept.</summary>
    public ImmutableArray<OwnerCount> Owners { get; init; } = [];

    /// <summary>Directories of the target, among some that were looked at, with default ACLs that name users or groups.</summary>
    public ImmutableArray<string> DefaultAcls { get; init; } = [];

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
