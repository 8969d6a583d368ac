using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Fleets;

/// <summary>A dispatcher in virtual time: things happen, it decides, and what it decides to begin has begun. Decisions are lines of words.</summary>
internal sealed class FleetStory
{
    public static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);
    public static readonly TransferOutcome.Partial Left = new([new("./tree-1/a", "Permission denied (13)")], true);

    private FleetStory(DispatchState state) => State = state;

    public static DateTimeOffset Begun => new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);

    public DispatchState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = Begun;

    /// <summary>Buckets from number 1 on, which take so many seconds each.</summary>
    public static FleetStory Of(DispatchTerms terms, params long[] seconds) => Of(SmallPlan.Begun(SmallPlan.Of(seconds)), terms, seconds);

    public static FleetStory Of(RunState run, DispatchTerms terms, params long[] seconds) => Of(run, terms, [], seconds);

    public static FleetStory Of(RunState run, DispatchTerms terms, (string Host, string Why)[] setAside, params long[] seconds) =>
        new(DispatchState.Of(run, Items(seconds), terms, setAside.ToImmutableDictionary(h => h.Host, h => h.Why), Begun));

    public static DispatchTerms Terms(params HostTerms[] hosts) => new([.. hosts], null, TimeSpan.FromMinutes(10), null);

    public static HostTerms Host(string name, int slots = 1, bool drains = false, long? rate = null) => new(name, slots, drains, rate);

    public static DailyWindow Window(string text) => DailyWindow.Read(text).Value;

    public static IEnumerable<WorkItem> Items(params IEnumerable<long> seconds) =>
        seconds.Select((s, i) => new WorkItem(WorkUnit.OfBucket(i + 1), TimeSpan.FromSeconds(s)));

    /// <summary>What is decided now; no attempt's named entries are shown.</summary>
    public string[] Decide()
    {
        (State, var decisions) = Dispatcher.Decide(State, Now);
        Decisions = decisions;
        foreach (var start in decisions.OfType<Decision.StartAttempt>())
        {
            var attempt = State.Run.StateOf(start.Work).Attempts + 1;
            Ran(new RunEvent.AttemptStarted(start.Work, attempt, start.Slot.Host, start.Slot.Number, start.Named.Length));
        }
        return [.. decisions.Select(Words)];
    }

    /// <summary>What was decided last.</summary>
    public ImmutableArray<Decision> Decisions { get; private set; } = [];

    /// <summary>As <see cref="Decide"/>, only what begins.</summary>
    public string[] Starts() => [.. Decide().Where(line => line.Contains(" on ", StringComparison.Ordinal))];

    public FleetStory Later(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    public FleetStory End(int bucket, TransferOutcome outcome, bool lost = false) => End(WorkUnit.OfBucket(bucket), outcome, lost);

    public FleetStory End(WorkUnit work, TransferOutcome outcome, bool lost = false) =>
        Ran(new RunEvent.AttemptEnded(work, State.Run.StateOf(work).Attempts, outcome, default, 1, lost));

    /// <summary>The end of an attempt that failed at once.</summary>
    public FleetStory FailAtOnce(int bucket, int exitCode = 13, string why = "rsync exited 13. Internal hashtable error", long files = 0) =>
        FailAtOnce(bucket, new TransferOutcome.Transient(exitCode, why), files);

    public FleetStory FailAtOnce(int bucket, TransferOutcome outcome, long files = 0) =>
        Ran(new RunEvent.AttemptEnded(WorkUnit.OfBucket(bucket), State.Run.StateOf(WorkUnit.OfBucket(bucket)).Attempts, outcome, new Moved(files, files, files), 0.1));

    /// <summary>Gives each bucket so many bytes to copy.</summary>
    public FleetStory Sized(params long[] bytes) => Go(state => state with
    {
        Backlog = state.Backlog.With(state.Backlog.Items.Values.OrderBy(item => item.Work.Bucket).Select((item, i) => item with { Bytes = bytes[i] })),
    });

    public FleetStory Sent(int bucket, long bytes, long ofWholeFiles = 0) =>
        Hear(new FleetEvent.Progressed(new Dictionary<WorkUnit, Sent> { [WorkUnit.OfBucket(bucket)] = new(bytes, ofWholeFiles) }));

    public FleetStory Fail(int bucket, string why = "ssh: reset\nmore") => End(bucket, new TransferOutcome.Transient(255, why));

    public FleetStory Lose(int bucket) => End(bucket, new TransferOutcome.Transient(255, "ssh: reset"), lost: true);

    public FleetStory Freed(int bucket) => Hear(new FleetEvent.LeaseEnded(WorkUnit.OfBucket(bucket)));

    public FleetStory Probed(string host, string? whyNot = null) => Hear(new FleetEvent.ProbeEnded(host, whyNot));

    public FleetStory Renew(DispatchTerms terms) => Hear(new FleetEvent.TermsChanged(terms));

    public FleetStory Go(Func<DispatchState, DispatchState> change)
    {
        State = change(State);
        return this;
    }

    private FleetStory Ran(RunEvent happened) => Hear(new FleetEvent.Ran(happened));

    private FleetStory Hear(FleetEvent happened) => Go(state => state.After(happened, Now));

    private string Words(Decision decision) => decision switch
    {
        Decision.StartAttempt d => $"{d.Work} on {d.Slot}{(d.BytesPerSecond is { } rate ? $" at {rate}" : "")}",
        Decision.EndLease d => $"free {d.Work} of {d.Loose.Host}/{d.Loose.Slot}",
        Decision.ProbeHost d => $"probe {d.Host}",
        Decision.EndAttempt d => $"end {d.Work}: {d.Why}",
        Decision.Tell { Happened: RunEvent.HostSetAside d } => $"{d.Host} is set aside: {d.Why}",
        Decision.Tell { Happened: RunEvent.HostReturned d } => $"{d.Host} is back",
        Decision.Pause d => $"ask in {(d.Until - Now).TotalSeconds} s",
        _ => throw new InvalidOperationException($"{decision}"),
    };
}
