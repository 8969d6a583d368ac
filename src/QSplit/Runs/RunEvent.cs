using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QSplit.Transfers;
using QSplit.Verifications;

namespace QSplit.Runs;

/// <summary>Something that happened in a run. A run is nothing but its events, in order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Equipped), "equipped")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(AttemptStarted), "attemptStarted")]
[JsonDerivedType(typeof(AttemptEnded), "attemptEnded")]
[JsonDerivedType(typeof(HostSetAside), "hostSetAside")]
[JsonDerivedType(typeof(HostReturned), "hostReturned")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(Finished), "finished")]
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>A plan was taken up.</summary>
    /// <param name="Folder">The run's folder, relative to the folder of the runs: it may be moved as a whole.</param>
    /// <param name="Buckets">How many there are, numbered from 1.</param>
    /// <param name="Key">A word by which what this run starts on hosts is told from all else there.</param>
    /// <param name="Mode">Whether it copies.</param>
    /// <param name="Digest">The plan's; empty for plans of earlier versions.</param>
    /// <param name="Deletes">Whether a dry run asks what would be deleted, too.</param>
    public sealed record Started(
        string Migration, string Folder, RunTerms Terms, int Buckets, string Key = "", RunMode Mode = RunMode.Copy, string Digest = "", bool Deletes = false) : RunEvent
    {
        /// <summary>How a verification compares; null of others.</summary>
        public CheckTerms? Check { get; init; }

        /// <summary>What a verification says nothing about, a phrase each; null of others.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ImmutableArray<string>? NotCovered { get; init; }

        /// <summary>How many names are to be linked once all is across; 0 where none are.</summary>
        public int Links { get; init; }

        /// <summary>How many entries a list names that is to be deleted from the target; 0 where nothing is.</summary>
        public long Deletions { get; init; }

        /// <summary>In how many parts that is done, beside each other; 1 or less is one piece.</summary>
        public int DeleteParts { get; init; }

        /// <summary>What a sync goes by; null of others, and of earlier versions.</summary>
        public SyncBasis? Basis { get; init; }

        /// <summary>The run whose work a verification compares, the pass before a sync, the pass whose list is deleted or made complete, or the verification that a repair goes by; empty of others.</summary>
        public string Of { get; init; } = "";

        /// <summary>The cutover that it is a step of; empty of others.</summary>
        public string Cutover { get; init; } = "";

        /// <summary>Exceptions of the pass before that this one does not try again: they are its own until a pass does. Empty but for retries of some classes.</summary>
        public ImmutableArray<FailedEntry> Kept { get => field.IsDefault ? [] : field; init; } = [];
    }

    /// <summary>What a session works with: recorded at its beginning, and when a host comes to it.</summary>
    /// <param name="Program">This program with its version.</param>
    /// <param name="Movers">By host, what copies there, with its version: <c>rsync 3.2.7</c>.</param>
    public sealed record Equipped(string Program, ImmutableSortedDictionary<string, string> Movers) : RunEvent;

    /// <summary>A controller took the run up again, after a stop or a death.</summary>
    public sealed record Resumed(string Controller) : RunEvent;

    /// <summary>An attempt began. Without its end in the store the controller died meanwhile.</summary>
    /// <param name="Attempt">From 1, over the whole run.</param>
    /// <param name="Slot">From 1, on its host.</param>
    /// <param name="Named">How many paths were named for a retry; 0 for the whole bucket.</param>
    public sealed record AttemptStarted(WorkUnit Work, int Attempt, string Host, int Slot, int Named) : RunEvent;

    /// <summary>An attempt ended.</summary>
    /// <param name="Lost">Whether the connection went before its rsync was known to have ended: it may run for some seconds yet.</param>
    /// <param name="Preview">What it would have done; only of a dry run.</param>
    /// <param name="Checked">What it found; only of a verification.</param>
    public sealed record AttemptEnded(WorkUnit Work, int Attempt, TransferOutcome Outcome, Moved Moved, double Seconds, bool Lost = false, Preview? Preview = null, Checked? Checked = null) : RunEvent;

    /// <summary>A host gets no more work until it is found well again.</summary>
    public sealed record HostSetAside(string Host, string Why) : RunEvent;

    /// <summary>A host that was set aside gets work again.</summary>
    public sealed record HostReturned(string Host) : RunEvent;

    /// <summary>The run came to a halt with something left to do.</summary>
    public sealed record Stopped(string Reason) : RunEvent;

    /// <summary>All is done, but for entries that could not be copied and are known by name.</summary>
    public sealed record Finished : RunEvent;
}

/// <summary>What a run does with its plan.</summary>
public enum RunMode
{
    /// <summary>It copies.</summary>
    [JsonStringEnumMemberName("copy")]
    Copy,

    /// <summary>It asks what would be copied, and writes nothing.</summary>
    [JsonStringEnumMemberName("dryRun")]
    DryRun,

    /// <summary>It copies what changed since an earlier run, and finds what is only on the target.</summary>
    [JsonStringEnumMemberName("sync")]
    Sync,

    /// <summary>It compares the target with the source, and writes nothing.</summary>
    [JsonStringEnumMemberName("verify")]
    Verify,

    /// <summary>It copies what a verification found to differ, and deletes what is only on the target.</summary>
    [JsonStringEnumMemberName("repair")]
    Repair,

    /// <summary>It deletes what a pass found only on the target, and copies what that was in the way of.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>It finds what is only on the target where the pass before it looked at changes alone, and writes nothing.</summary>
    [JsonStringEnumMemberName("look")]
    Look,
}

/// <summary>What a run was begun with and cannot change on the way: another source, another target or other options need another run.</summary>
/// <param name="Source">Absolute path of the mounted source.</param>
/// <param name="Target">Absolute path of the mounted target.</param>
/// <param name="Options">rsync's extra options and the names left out, as one line.</param>
/// <param name="Tree">What was planned, where that is not the mounted source itself: cluster, path and which snapshot.</param>
public sealed record RunTerms(string Source, string Target, string Options, string Tree = "")
{
    /// <summary>What is different in <paramref name="other"/>, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> DifferencesTo(RunTerms other) =>
        [.. new[] { ("the source", Source, other.Source), ("the target", Target, other.Target), ("the options", Options, other.Options), ("the planned tree", Tree, other.Tree) }
            .Where(t => t.Item2 != t.Item3)
            .Select(t => $"{t.Item1} was '{t.Item2}' and is '{t.Item3}'")];
}
