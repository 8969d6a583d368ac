using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A run in the hands of this controller. What happens is in the store before anyone else hears of it.</summary>
public sealed class RunSession : IDisposable
{
    private readonly RunStore _store;
    private readonly IRunDisplay _display;
    private readonly Mover _mover;
    private readonly ProgressMeter _meter;
    private readonly ProgressFile? _progress;
    private readonly long _began;
    private readonly ImmutableArray<EntryPath> _witnesses;
    private readonly Lazy<bool> _nanoseconds;
    private bool _closed;

    /// <param name="planned">The plan that the run carries out.</param>
    /// <param name="run">Where it stands.</param>
    /// <param name="store">Taken over: closed with the session.</param>
    /// <param name="around">The world.</param>
    internal RunSession(Planned planned, RunState run, RunStore store, Surroundings around)
    {
        (Planned, Run, Around, _store) = (planned, run, around, store);
        WasFinished = run.IsFinished;
        MovedBefore = run.Moved;
        _began = around.Time.GetTimestamp();
        _mover = new Mover(around.Supervisor, around.Environment, Path.Combine(planned.Folder, "logs"));
        _witnesses = Witnesses.Of(planned.Plan);
        // Asked once the target is there: it is made by the open pass.
        _nanoseconds = new Lazy<bool>(() => NanosecondTimes.AreKeptIn(planned.Job.Migration.Mounts.Target));
        _meter = new ProgressMeter(around.Time, planned.Plan, run);
        _display = WasFinished ? NoDisplay.Instance : around.View.Show(planned.Plan, _meter.Now);
        _progress = WasFinished ? null : new ProgressFile(around.Time, planned.Folder, around.Controller, _meter.Now);
    }

    public Planned Planned { get; }

    public Surroundings Around { get; }

    public Job Job => Planned.Job;

    public Plan Plan => Planned.Plan;

    public RunState Run { get; private set; }

    /// <summary>Whether the run was finished before this session: then there is nothing to do.</summary>
    public bool WasFinished { get; }

    /// <summary>What earlier sessions had moved.</summary>
    public Moved MovedBefore { get; }

    public TimeSpan Elapsed => Around.Time.GetElapsedTime(_began);

    /// <summary>Whether there is something to be done yet and nothing forbids it.</summary>
    public bool GoesOn => !Run.IsFinished && Run.StopReason is null;

    /// <summary>Puts an event into the store, and tells the view.</summary>
    internal void Record(RunEvent happened)
    {
        _store.Append(Run.Id, happened);
        Run = Run.After(happened);
        _meter.Happened(happened);
        _display.Happened(happened);
    }

    /// <summary>Records that an attempt begins.</summary>
    internal RunEvent.AttemptStarted Begin(WorkUnit work, Slot slot, int named)
    {
        var started = new RunEvent.AttemptStarted(work, Run.StateOf(work).Attempts + 1, slot.Host, slot.Number, named);
        Record(started);
        return started;
    }

    /// <summary>Runs an attempt that <see cref="Begin"/> recorded; its end is for the caller to record.</summary>
    internal Task<Transferred> MoveAsync(RunEvent.AttemptStarted started, Pass pass, ReadOnlyMemory<byte> list, CancellationToken cancellationToken) =>
        _mover.RunAsync(
            new Transfer(started.Work, started.Attempt, pass, list, Job.PathsOn(started.Host, Planned.SourceRoot, pass != Pass.Open && _nanoseconds.Value), _witnesses),
            bytes => _meter.Moved(started.Work.Bucket, bytes),
            cancellationToken);

    /// <summary>The event for the end of an attempt.</summary>
    internal static RunEvent.AttemptEnded EndOf(RunEvent.AttemptStarted started, Transferred transferred) =>
        new(started.Work, started.Attempt, transferred.Outcome, transferred.Moved, transferred.Elapsed.TotalSeconds);

    /// <summary>Ends the view and closes the store; the run stays as it is.</summary>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _progress?.Dispose();
        _display.Dispose();
        _store.Dispose();
    }

    private sealed class NoDisplay : IRunDisplay
    {
        public static readonly NoDisplay Instance = new();

        public void Happened(RunEvent happened)
        {
        }

        public void Dispose()
        {
        }
    }
}
