using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Notices;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Telemetry;
using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>A run in the hands of this controller. What happens is in the store before anyone else hears of it.</summary>
public sealed class RunSession : IDisposable
{
    private readonly RunStore _store;
    private readonly IRunDisplay _display;
    private readonly TransferRunner _runner;
    private readonly BatchRunner _batches;
    private readonly ProgressMeter _meter;
    private readonly ProgressFile? _progress;
    private readonly RunTelemetry _telemetry;
    private readonly long _began;
    private readonly ImmutableArray<EntryPath> _witnesses;
    private readonly CheckedFleet _fleet;
    private readonly Lock _finding = new();
    private readonly ConcurrentDictionary<WorkUnit, Sent> _sent = new();
    private string? _standstill;
    private bool _closed;

    /// <param name="planned">The plan that the run carries out.</param>
    /// <param name="run">Where it stands.</param>
    /// <param name="fleet">What preflight found of the hosts.</param>
    /// <param name="store">Taken over: closed with the session.</param>
    /// <param name="around">The world.</param>
    internal RunSession(Planned planned, RunState run, CheckedFleet fleet, RunStore store, Surroundings around)
    {
        (Planned, Run, Findings, Around, _store, _fleet) = (planned, run, fleet.Findings, around, store, fleet);
        WasFinished = run.IsFinished;
        // Read here: attempts, which ask for it, run on other threads, and the store belongs to this one.
        LeftBefore = WasFinished || !run.Copies || run.Started.Mode == RunMode.Copy ? [] : LeftByLastPass(planned.Job.Migration.Name);
        CutOver = WasFinished || run.IsVerification ? CutOverTarget.EndOf(planned.Job, store) : null;
        MovedBefore = run.Moved;
        _began = around.Time.GetTimestamp();
        _runner = new TransferRunner(around.Time, Path.Combine(planned.Folder, "logs"));
        _batches = new BatchRunner(around.Time, Path.Combine(planned.Folder, "logs"));
        _witnesses = planned.Witnesses;
        _meter = new ProgressMeter(around.Time, planned.Plan, run);
        _display = WasFinished ? NoDisplay.Instance : around.View.Show(planned.Plan, _meter.Now);
        Fleet = DispatchState.Of(run, [], ManifestAgain.TermsOf(planned.Job), fleet.Findings.Hosts.Where(h => !h.IsUsable).ToImmutableDictionary(h => h.Host, h => h.WhyNot ?? "it is not usable"), Now);
        _progress = WasFinished ? null : new ProgressFile(around.Time, planned.Folder, around.Controller, _meter.Now);
        _telemetry = new RunTelemetry(around.Time, planned.Plan, run, _meter.Now);
    }

    /// <summary>The plan with its migration, as the manifest was last read.</summary>
    public Planned Planned { get; private set; }

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
        _telemetry.Happened(happened);
        _display.Happened(happened);
        if (happened is RunEvent.AttemptEnded { Outcome: TransferOutcome.Succeeded }) Job.Notices?.Moves();
    }

    /// <summary>Records that an attempt begins.</summary>
    internal RunEvent.AttemptStarted Begin(WorkUnit work, Slot slot, int named)
    {
        var started = new RunEvent.AttemptStarted(work, Run.StateOf(work).Attempts + 1, slot.Host, slot.Number, named);
        _sent.TryRemove(work, out _);
        Record(started);
        return started;
    }

    /// <summary>What is known of the hosts and of the work that is handed out.</summary>
    internal DispatchState Fleet { get; set; }

    /// <summary>What was last found of each host.</summary>
    internal FleetFinding Findings { get; private set; }

    /// <summary>What the pass before this one could not copy.</summary>
    internal ImmutableArray<FailedEntry> LeftBefore { get; }

    /// <summary>That the target was cut over, in words; null where it was not. Only of runs that write nothing.</summary>
    internal string? CutOver { get; }

    /// <summary>What the last pass could not copy, where that is not this run and there is nothing to do in it; null otherwise.</summary>
    internal ImmutableArray<FailedEntry>? LeftByLater { get; init; }

    /// <summary>What attempts have sent so far; of one that ended, what it had sent.</summary>
    internal IReadOnlyDictionary<WorkUnit, Sent> Sent => _sent;

    internal DateTimeOffset Now => Around.Time.GetUtcNow();

    internal void Say(string line) => Around.View.Say($"{Job.Migration.Name}: {line}");

    /// <summary>Takes over what another reading of the manifest says of the migration and its hosts.</summary>
    internal void Follow(Job job) => Planned = Planned with { Job = job with { Command = Job.Command, Notices = Job.Notices, Cutover = Job.Cutover } };

    /// <summary>What a host is asked that comes back or is new.</summary>
    internal PreflightRequest Question => _fleet.RequestOf(Job);

    /// <summary>Takes over what was found of a host now. Several hosts may be looked at at once.</summary>
    internal void Found(HostFinding finding)
    {
        lock (_finding) Findings = new([.. Findings.Hosts.Where(h => h.Host != finding.Host), finding]);
    }

    /// <summary>Records what copies on the hosts, when that is new.</summary>
    internal void RecordEquipment()
    {
        if (Equipping.Of(Findings) is var now && !Equipping.IsKnownTo(Run, now)) Record(now);
    }

    /// <summary>A host of the migration; null for one that is no longer listed.</summary>
    internal Host? HostOf(string name) => Job.Hosts.FirstOrDefault(h => h.Name == name);

    /// <summary>Names a piece of work among all that may run on a host.</summary>
    internal string LeaseOf(WorkUnit work) => $"{Run.Started.Key}/{work.FileName()}";

    /// <summary>Shows how the hosts are, and says why nothing runs when that is new.</summary>
    internal void ShowFleet()
    {
        var why = IdleReason.Why(Fleet, Now);
        ImmutableArray<HostRow> hosts = [.. Fleet.Hosts.Select(h => new HostRow(h.Name, h.Slots, h.Busy, h.Why, h.Until, h.Drains))];
        _meter.FleetIs(hosts, why);
        _telemetry.FleetIs(hosts);
        if (why is not null && why != _standstill) Say(why);
        if (why is not null && IdleReason.IsNoHostLeft(Fleet)) Job.Notices?.Notify(NoticeOf.Stalled(Run, why, Now));
        _standstill = why;
    }

    /// <summary>Runs an attempt that <see cref="Begin"/> recorded; its end is for the caller to record.</summary>
    /// <param name="bytesPerSecond">Its share of the limits; null without any.</param>
    /// <param name="counts">Which entries count, where it only pretends; null is all.</param>
    /// <param name="replaces">Whether directories that are in the way go; in a run of what is listed by name they always do.</param>
    /// <param name="mostDeletions">How many entries it may delete; null is as many as the run's list has.</param>
    internal Task<Transferred> MoveAsync(
        RunEvent.AttemptStarted started, Pass pass, ReadOnlyMemory<byte> list, long? bytesPerSecond, CancellationToken cancellationToken, Func<EntryPath, bool>? counts = null, long? mostDeletions = null, bool replaces = false)
    {
        var host = HostOf(started);
        var paths = Planned.PathsOn(host, bytesPerSecond, pass != Pass.Open && Findings.KeepsNanoseconds) with
        {
            HasTwoSeconds = Findings.HasTwoSeconds,
            // What would be deleted is found behind it, as a sync finds it.
            Pretence = Run.IsDryRun ? new Pretence(Deletes: false) : null,
            ByChecksum = pass switch
            {
                Pass.Baseline => Run.Started.Mode == RunMode.Repair || (Run.Started.Mode == RunMode.Sync && HasUnkeptTimes(started.Work)),
                Pass.Seal => Run.Started.Mode is RunMode.Copy or RunMode.Sync && HasUnkeptTimes(started.Work),
                _ => false,
            },
            MostDeletions = mostDeletions ?? Planned.Deletions.Entries,
            Replaces = replaces || (pass == Pass.Baseline && Run is { FindsExtras: false, Started.Deletions: > 0 }),
        };
        return RunAsync(
            new Transfer(started.Work, started.Attempt, pass, list, paths, _witnesses, LeaseOf(started.Work))
            {
                Reserve = pass == Pass.Open || Run.IsDryRun ? null : Job.Migration.Reserve?.Bytes,
                Stall = Job.Migration.Stall,
                Counts = counts ?? (_ => true),
                IsKept = TargetMounts.Of(Findings).Keep,
                MayBeBlocked = Run.FindsExtras,
                WholeFiles = bytes => _sent.AddOrUpdate(started.Work, new Sent(bytes, bytes), (_, sent) => sent with { OfWholeFiles = bytes }),
            },
            host,
            bytes => MovedBy(started, bytes),
            cancellationToken);
    }

    /// <summary>The same for what directories of the run's list are in the way of. The times of the directories around it are set again, as where names are linked.</summary>
    internal Task<Transferred> ReplaceAsync(RunEvent.AttemptStarted started, IEnumerable<EntryPath> entries, long? bytesPerSecond, CancellationToken cancellationToken) =>
        MoveAsync(started, Pass.Links, EntryList.WithAround(entries), bytesPerSecond, cancellationToken, replaces: true);

    /// <summary>The same for a part of what is to be deleted: never more than that has.</summary>
    internal Task<Transferred> DeleteAsync(RunEvent.AttemptStarted started, DeletionList part, long? bytesPerSecond, CancellationToken cancellationToken) =>
        MoveAsync(started, Pass.Delete, EntryList.Of(part.ToDelete, ""), bytesPerSecond, cancellationToken, mostDeletions: part.Entries);

    /// <summary>The same for a part of a verification: compares, and writes what it finds into the run's folder.</summary>
    /// <param name="name">The start of the names of its lists.</param>
    /// <param name="sampling">Picks files whose content is to be compared in another rsync; null picks none.</param>
    /// <param name="unread">What could not be read: it is left alone on both sides.</param>
    internal Task<Transferred> CheckAsync(
        RunEvent.AttemptStarted started, Pass pass, ReadOnlyMemory<byte> list, CheckPass check, string name, Sampling? sampling, Func<EntryPath, bool> counts,
        CancellationToken cancellationToken, IReadOnlyCollection<EntryPath>? unread = null)
    {
        var host = HostOf(started);
        var paths = Planned.PathsOn(host, null, Findings.KeepsNanoseconds) with
        {
            HasTwoSeconds = Findings.HasTwoSeconds,
            Pretence = new Pretence(Deletes: check is not (CheckPass.Content or CheckPass.Links), check),
            Skipped = [.. unread ?? []],
        };
        return RunAsync(
            new Transfer(
                started.Work, started.Attempt, pass, EntryList.Without(list, paths.Skipped.ToHashSet()), paths, _witnesses, LeaseOf(started.Work))
            {
                Stall = Job.Migration.Stall,
                Counts = counts,
                IsKept = TargetMounts.Of(Findings).Keep,
                Check = Planned.Checks.FilesOf(name),
                Sampling = sampling,
                NamesUnread = !Run.Copies && !Run.IsDryRun && Run.StateOf(started.Work).Last is TransferOutcome.Partial,
            },
            host,
            _ => { },
            cancellationToken);
    }

    /// <summary>The same by robocopy, on a Windows host.</summary>
    internal async Task<Transferred> MoveAsync(RunEvent.AttemptStarted started, Pass pass, IEnumerable<RobocopyJob> jobs, CancellationToken cancellationToken)
    {
        var host = HostOf(started);
        var transfer = new BatchTransfer(started.Work, started.Attempt, pass, [.. jobs], Planned.WindowsPathsOn(host), _witnesses, LeaseOf(started.Work));
        var transferred = await _batches.RunAsync(transfer, Around.Hosts.To(host), bytes => MovedBy(started, bytes), cancellationToken);
        if (transferred is { Lost: true, Outcome: TransferOutcome.Interrupted }) Say($"{started.Work} on {host.Name}: the robocopy that runs goes on to its end there, and is the last; until then this work is not begun again.");
        return transferred;
    }

    private async Task<Transferred> RunAsync(Transfer transfer, Host host, Action<long> progress, CancellationToken cancellationToken)
    {
        transfer = await SkippedEntries.LeaveOutAsync(this, transfer, host, cancellationToken);
        var transferred = await _runner.RunAsync(transfer, Around.Hosts.To(host), progress, cancellationToken);
        if (transferred.IsStalled) Job.Notices?.Notify(NoticeOf.Stalled(Run, $"{transfer.Work} on {host.Name} showed no sign of life for {Humane.Duration(transfer.Stall)}, and is tried again", Now));
        return await SourceViews.BelievedAsync(this, transferred, host, PlannedEntries.Of(Plan, transfer), cancellationToken);
    }

    private ImmutableArray<FailedEntry> LeftByLastPass(string migration)
    {
        var before = _store.PassesOf(migration).FirstOrDefault(id => id != Run.Id);
        return before is null ? [] : _store.Load(before)?.Exceptions ?? [];
    }

    // The times of these files on the target are never those of the source: by size and time they would be copied in each pass.
    private bool HasUnkeptTimes(WorkUnit work)
    {
        if (Plan.Facts is not { Times: { IsEmpty: false } times }) return false;
        var unkept = Findings.Hosts.SelectMany(host => host.UnkeptTimes).Select(at => TimeRanges.All[at].From).ToHashSet();
        return times.Any(time => unkept.Contains(time.From) && time.Buckets.Contains(work.Bucket));
    }

    private void MovedBy(RunEvent.AttemptStarted started, long bytes)
    {
        _sent.AddOrUpdate(started.Work, new Sent(bytes, 0), (_, sent) => sent with { Bytes = bytes });
        _meter.Moved(started.Work.Bucket, bytes);
        _telemetry.Moved(started.Work, bytes);
    }

    // A host is only taken out of the list once its attempts have been asked to end.
    private Host HostOf(RunEvent.AttemptStarted started) => HostOf(started.Host) ?? throw new StorageException($"Host {started.Host} is no longer in the manifest.");

    /// <summary>The event for the end of an attempt.</summary>
    internal static RunEvent.AttemptEnded EndOf(RunEvent.AttemptStarted started, Transferred transferred) =>
        new(started.Work, started.Attempt, transferred.Outcome, transferred.Moved, transferred.Elapsed.TotalSeconds, transferred.Lost, transferred.Preview, transferred.Checked);

    /// <summary>Ends the view and closes the store; the run stays as it is.</summary>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _telemetry.Dispose();
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
