using System.Collections.Immutable;
using QSplit.Transfers;
using QSplit.Verifications;

namespace QSplit.Runs;

/// <summary>Where a piece of work stands, from its events.</summary>
/// <param name="Attempts">How many were begun in the whole run.</param>
/// <param name="Running">The attempt under way, if there is one.</param>
/// <param name="Last">How the last attempt ended; null before there is one.</param>
/// <param name="Moved">Over all attempts.</param>
/// <param name="Seconds">Over all attempts that ended.</param>
/// <param name="Loose">The attempt whose rsync may still run although nobody listens to it: the connection or the controller went before its end was known.</param>
/// <param name="Preview">What the last attempt of a dry run found; null in a run that copies.</param>
public sealed record WorkState(
    int Attempts, RunEvent.AttemptStarted? Running, TransferOutcome? Last, Moved Moved, double Seconds, RunEvent.AttemptStarted? Loose = null, Preview? Preview = null)
{
    /// <summary>What its last attempt found that went well; null in a run that does not verify.</summary>
    public Checked? Checked { get; init; }

    public static readonly WorkState Pending = new(0, null, null, default, 0);

    /// <summary>The state after the controller went: whatever it had under way is nobody's.</summary>
    internal WorkState LetLoose() => this with { Running = null, Loose = Running ?? Loose };

    public bool IsDone => Running is null && Last is TransferOutcome.Succeeded;

    /// <summary>Whether it is done, or done but for entries that are known by name.</summary>
    public bool IsSettled => IsDone || (Running is null && !Left.IsEmpty);

    /// <summary>Whether it was tried in vain, and nothing is under way that may mend it.</summary>
    internal bool IsFailed => Running is null && IsTriedInVain;

    /// <summary>Whether its last attempt that says anything of it failed.</summary>
    internal bool IsTriedInVain => Last is not (null or TransferOutcome.Succeeded or TransferOutcome.Interrupted);

    /// <summary>The entries that are left of it when all of them are known by name; empty means the whole.</summary>
    public ImmutableArray<FailedEntry> Left => Last is TransferOutcome.Partial { Complete: true } partial ? partial.Failures : [];
}

/// <summary>A run as its events tell it.</summary>
/// <param name="Id">Migration and stamp: also the run's folder below the folder of runs.</param>
/// <param name="Buckets">State by number.</param>
public sealed record RunState(
    string Id,
    RunEvent.Started Started,
    ImmutableSortedDictionary<int, WorkState> Buckets,
    WorkState Open,
    WorkState Seal,
    bool IsFinished,
    string? StopReason)
{
    /// <summary>The pass that links; pending where nothing is to be linked.</summary>
    public WorkState Links { get; init; } = WorkState.Pending;

    /// <summary>What deletes, by part; empty where nothing is to be deleted.</summary>
    public ImmutableSortedDictionary<int, WorkState> Deletes { get; init; } = ImmutableSortedDictionary<int, WorkState>.Empty;

    /// <summary>All pieces of work that are no buckets, in the order in which they run.</summary>
    public IEnumerable<WorkUnit> Passes => [WorkUnit.Open, WorkUnit.Links, .. Deletes.Keys.Select(WorkUnit.OfDelete), WorkUnit.Seal];

    /// <summary>All pieces of work with where they stand: buckets by number, then the passes.</summary>
    public IEnumerable<(WorkUnit Work, WorkState State)> Works => Buckets.Keys.Select(WorkUnit.OfBucket).Concat(Passes).Select(work => (work, StateOf(work)));

    /// <summary>Hosts that got no more work, with the reason, as far as this session tells or the last one told.</summary>
    public ImmutableSortedDictionary<string, string> SetAside { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The program that worked on it last, and by host what copied there last, over all sessions; null in runs of earlier versions.</summary>
    public RunEvent.Equipped? Equipment { get; init; }

    public IEnumerable<int> DoneBuckets => Buckets.Where(b => b.Value.IsDone).Select(b => b.Key);

    public IEnumerable<int> LeftBuckets => Buckets.Where(b => !b.Value.IsDone).Select(b => b.Key);

    /// <summary>Buckets that keep the run from its end.</summary>
    public IEnumerable<int> UnsettledBuckets => Buckets.Where(b => !IsOver(b.Value)).Select(b => b.Key);

    /// <summary>
    /// What could not be copied or compared, with its reasons, by path: no entry twice. What a pass at the end says of an entry is newer
    /// than what its bucket says, and that is newer than what the pass before said.
    /// </summary>
    public ImmutableArray<FailedEntry> Exceptions =>
    [
        .. Started.Kept.Concat(Works.SelectMany(work => work.State.Left)).GroupBy(entry => entry.Path, (_, all) => all.Last())
            .OrderBy(entry => entry.Path, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Whether a sync came to its end, and nothing is left but files that changed while they were read. The target has them as they were
    /// before, or not at all, and the next sync copies them: no failure. The last pass of a cutover has no next one.
    /// </summary>
    public bool IsLeftToNext => Started is { Mode: RunMode.Sync, Cutover: "" } && IsFinished
        && Exceptions is { IsEmpty: false } exceptions && exceptions.All(entry => entry.Class == ExceptionClass.Changed);

    /// <summary>Whether a piece of work does not keep the run from its end.</summary>
    /// <remarks>Only what copies has exceptions: a comparison or a question that is not complete says nothing.</remarks>
    internal bool IsOver(WorkState work) => Copies ? work.IsSettled : work.IsDone;

    /// <summary>What a dry run found in all that it asked; nothing in a run that copies.</summary>
    public Preview Preview => Previews.Sum(Buckets.Values.Append(Seal).Select(work => work.Preview).OfType<Preview>());

    /// <summary>What a verification found so far; nothing in other runs.</summary>
    public Checked Checked => Checked.Sum(Buckets.Values.Append(Seal).Select(work => work.Checked).OfType<Checked>());

    /// <summary>Whether it only asks what would be copied.</summary>
    public bool IsDryRun => Started.Mode == RunMode.DryRun;

    /// <summary>Whether it only compares.</summary>
    public bool IsVerification => Started.Mode == RunMode.Verify;

    /// <summary>Whether it writes on the target.</summary>
    public bool Copies => Started.Mode is RunMode.Copy or RunMode.Sync or RunMode.Repair or RunMode.Delete;

    /// <summary>Whether it finds what is only on the target beside what it copies, or would copy.</summary>
    public bool FindsExtras => Started.Mode == RunMode.Sync || (IsDryRun && Started.Deletes);

    /// <summary>Whether all that it is to do was done, but for the pass over the levels.</summary>
    internal bool IsAllAcross => !UnsettledBuckets.Any() && (Started.Links == 0 || IsOver(Links)) && Deletes.Values.All(IsOver);

    public Moved Moved => Works.Aggregate(default(Moved), (sum, work) => sum + work.State.Moved);

    /// <summary>Entries that were gone before they could be read.</summary>
    public int Vanished => Buckets.Values.Append(Seal).Sum(work => (work.Last as TransferOutcome.Succeeded)?.Vanished ?? 0);

    /// <summary>The run after its first event.</summary>
    public static RunState Begin(string id, RunEvent.Started started) => new(
        id,
        started,
        Enumerable.Range(1, started.Buckets).ToImmutableSortedDictionary(n => n, _ => WorkState.Pending),
        WorkState.Pending,
        WorkState.Pending,
        false,
        null)
    {
        Deletes = PartsOf(started).ToImmutableSortedDictionary(part => part, _ => WorkState.Pending),
    };

    private static IEnumerable<int> PartsOf(RunEvent.Started started) => started switch
    {
        { Deletions: 0 } => [],
        { DeleteParts: <= 1 } => [0],
        _ => Enumerable.Range(1, started.DeleteParts),
    };

    /// <summary>Folds a run from its events; null without any.</summary>
    public static RunState? From(string id, IEnumerable<RunEvent> events) =>
        events.Aggregate((RunState?)null, (run, e) => run is null ? Begin(id, (RunEvent.Started)e) : run.After(e));

    /// <summary>The run after one more event.</summary>
    public RunState After(RunEvent happened) => happened switch
    {
        RunEvent.AttemptStarted e => With(e.Work, s => s with { Attempts = Math.Max(s.Attempts, e.Attempt), Running = e, Loose = null }),
        RunEvent.AttemptEnded e => With(e.Work, s => s with
        {
            Running = null,
            Loose = e.Lost ? s.Running : null,
            // An interrupted attempt tells nothing new: what was left by name is still what is left.
            Last = e.Outcome is TransferOutcome.Interrupted && s.Last is TransferOutcome.Partial ? s.Last : e.Outcome,
            // An attempt of a dry run asks about all of it again.
            Moved = e.Preview is null ? s.Moved + e.Moved : e.Moved,
            Seconds = s.Seconds + e.Seconds,
            Preview = e.Preview ?? s.Preview,
            Checked = e.Checked ?? s.Checked,
        }),
        // Whatever was under way when the last controller went is over.
        RunEvent.Resumed => this with
        {
            Buckets = Buckets.ToImmutableSortedDictionary(b => b.Key, b => b.Value.LetLoose()),
            // These are done anew in each session: the target's shared directories may have been shut by an earlier seal.
            Open = Open.LetLoose() with { Last = null },
            Seal = Seal.LetLoose() with { Last = null },
            Links = Links.LetLoose(),
            Deletes = Deletes.ToImmutableSortedDictionary(part => part.Key, part => part.Value.LetLoose()),
            IsFinished = false,
            StopReason = null,
            SetAside = SetAside.Clear(),
        },
        RunEvent.Equipped e => this with { Equipment = e with { Movers = Equipment?.Movers.SetItems(e.Movers) ?? e.Movers } },
        RunEvent.HostSetAside e => this with { SetAside = SetAside.SetItem(e.Host, e.Why) },
        RunEvent.HostReturned e => this with { SetAside = SetAside.Remove(e.Host) },
        RunEvent.Stopped e => this with { StopReason = e.Reason },
        RunEvent.Finished => this with { IsFinished = true, StopReason = null },
        _ => this,
    };

    public WorkState StateOf(WorkUnit work) => work.Pass switch { Pass.Open => Open, Pass.Links => Links, Pass.Delete => Deletes[work.Bucket], Pass.Seal => Seal, _ => Buckets[work.Bucket] };

    private RunState With(WorkUnit work, Func<WorkState, WorkState> change) => work.Pass switch
    {
        Pass.Open => this with { Open = change(Open) },
        Pass.Links => this with { Links = change(Links) },
        Pass.Delete => this with { Deletes = Deletes.SetItem(work.Bucket, change(Deletes[work.Bucket])) },
        Pass.Seal => this with { Seal = change(Seal) },
        _ => this with { Buckets = Buckets.SetItem(work.Bucket, change(Buckets[work.Bucket])) },
    };
}
