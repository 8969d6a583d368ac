using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>What the dispatcher knows: the run, what is to be done, and the hosts. Changed by events and by decisions only.</summary>
/// <param name="Run">As folded so far.</param>
/// <param name="Running">From the decision to begin until the end was recorded.</param>
/// <param name="Waited">How long no host was left.</param>
/// <param name="IsShut">Whether the window was seen closed, and what ran asked to end.</param>
/// <param name="Outbox">What was decided and not yet handed out.</param>
/// <param name="Halt">Why nothing may begin any more and what runs is to end, or null.</param>
internal sealed record DispatchState(
    RunState Run,
    DispatchTerms Terms,
    Backlog Backlog,
    Fleet Fleet,
    ImmutableDictionary<WorkUnit, UnderWay> Running,
    Waited Waited,
    bool IsShut,
    ImmutableQueue<Decision> Outbox,
    string? Halt)
{
    /// <summary>What the failures of this pass have in common.</summary>
    public FailureHistory History { get; init; } = FailureHistory.None;

    /// <summary>How many of the running attempts were asked to end: their work will begin again.</summary>
    public int Ending { get; init; }

    /// <summary>Work that failed in this session, with how it is to be tried again.</summary>
    public ImmutableDictionary<WorkUnit, Retry> Retries => Backlog.Retries;

    /// <summary>Nothing is left to do or to wait for; or it came to a halt and nothing runs.</summary>
    public bool IsOver => Outbox.IsEmpty && Running.IsEmpty && (Halt is not null || IsAllHandedOut);

    /// <summary>The hosts that the manifest lists, in its order.</summary>
    public ImmutableArray<HostView> Hosts => [.. Terms.Hosts.Select(h => Fleet.Hosts[h.Name].View)];

    internal bool IsAllHandedOut => Running.IsEmpty && !Backlog.IsAnythingLeft && !Backlog.IsAnyLoose;

    /// <summary>The beginning of a session; it starts with patience anew.</summary>
    /// <param name="items">What the first pass is to do; buckets that are done are left out.</param>
    /// <param name="setAside">Hosts that are known not to be well, with the reason.</param>
    public static DispatchState Of(
        RunState run, IEnumerable<WorkItem> items, DispatchTerms terms, ImmutableDictionary<string, string> setAside, DateTimeOffset now)
    {
        var fleet = terms.Hosts.Aggregate(Fleet.None, (all, host) => all.Set(HostState.Of(host, Circuit.Closed)));
        var state = new DispatchState(
            run, terms, Backlog.None, fleet, ImmutableDictionary<WorkUnit, UnderWay>.Empty, Waited.None, false, ImmutableQueue<Decision>.Empty, null);
        foreach (var host in terms.Hosts)
        {
            if (setAside.TryGetValue(host.Name, out var why)) state = state.Hear(host.Name, circuit => circuit.SetAside(why, now));
        }
        foreach (var loose in run.Works.Select(work => work.State.Loose).OfType<RunEvent.AttemptStarted>())
        {
            state = state.Hold(loose, now);
        }
        return state.With(items);
    }

    /// <summary>The next pass over the same fleet: what is known of hosts, retries and leases is kept.</summary>
    public DispatchState With(IEnumerable<WorkItem> items)
    {
        var backlog = Backlog.With(items.Where(i => i.Work.Bucket == 0 || !Run.StateOf(i.Work).IsDone));
        return this with { Backlog = Running.Keys.Aggregate(backlog, (left, work) => left.Take(work)), Waited = Waited.None, History = History.NextPass() };
    }

    /// <summary>Nothing may begin any more, and what was decided on but not recorded to have begun does not.</summary>
    public DispatchState Halted(string why)
    {
        var next = this with { Halt = Halt ?? why };
        return Running.Where(r => !r.Value.IsRecorded).Aggregate(next, (state, r) => state.Vacate(r.Key).Return(r.Key));
    }

    public DispatchState After(FleetEvent happened, DateTimeOffset now) => happened switch
    {
        FleetEvent.Ran { Happened: RunEvent.AttemptStarted e } => (this with { Run = Run.After(e) }).Recorded(e, now),
        FleetEvent.Ran { Happened: RunEvent.AttemptEnded e } => Aftermath.Of(this, e, now),
        FleetEvent.Ran e => this with { Run = Run.After(e.Happened) },
        FleetEvent.LeaseEnded e => this with { Backlog = Backlog.LeaseEnded(e.Work) },
        FleetEvent.ProbeEnded e => Hear(e.Host, circuit => circuit.AfterProbe(e.WhyNot, now)),
        FleetEvent.Progressed e => this with
        {
            Running = Running.SetItems(
                [.. Running.Where(r => e.Sent.ContainsKey(r.Key)).Select(r => KeyValuePair.Create(r.Key, r.Value with { Sent = e.Sent[r.Key] }))]),
        },
        FleetEvent.TermsChanged e => Renewal.Of(this, e.Terms, now),
        _ => this,
    };

    internal DispatchState Decided(Decision decision) => this with { Outbox = Outbox.Enqueue(decision) };

    internal DispatchState Begin(WorkUnit work, Slot slot, long? bytesPerSecond, DateTimeOffset now) => this with
    {
        Backlog = Backlog.Take(work),
        Running = Running.SetItem(work, new UnderWay(slot, now, bytesPerSecond, false, false)),
        Fleet = Fleet.Hosts.TryGetValue(slot.Host, out var host) ? Fleet.Set(host.Begin(work, slot.Number, bytesPerSecond ?? 0)) : Fleet,
    };

    /// <summary>Gives back the slot of an attempt.</summary>
    internal DispatchState Vacate(WorkUnit work) => !Running.TryGetValue(work, out var attempt) ? this : this with
    {
        Running = Running.Remove(work),
        Ending = Ending - (attempt.IsEnding ? 1 : 0),
        Fleet = Fleet.Hosts.TryGetValue(attempt.Slot.Host, out var host) ? Fleet.Set(host.End(work, attempt.Slot.Number, attempt.BytesPerSecond ?? 0)) : Fleet,
    };

    internal DispatchState Return(WorkUnit work) => this with { Backlog = Backlog.Return(work) };

    /// <summary>Asks for the end of an attempt, once.</summary>
    internal DispatchState End(WorkUnit work, string why) => Running[work] is { IsEnding: false } attempt
        ? (this with { Running = Running.SetItem(work, attempt with { IsEnding = true }), Ending = Ending + 1 }).Decided(new Decision.EndAttempt(work, why))
        : this;

    /// <summary>Holds work of which an rsync may still run, and asks for that to be ended.</summary>
    internal DispatchState Hold(RunEvent.AttemptStarted loose, DateTimeOffset now) =>
        (this with { Backlog = Backlog.Hold(loose.Work, now) }).Decided(new Decision.EndLease(loose.Work, loose));

    /// <summary>Changes what is thought of a host, and tells it when that makes a difference.</summary>
    internal DispatchState Hear(string? name, Func<Circuit, Circuit> change)
    {
        if (name is null || !Fleet.Hosts.TryGetValue(name, out var host)) return this;
        var circuit = change(host.Circuit);
        RunEvent? news = circuit switch
        {
            { Health: Health.Well, IsTold: true } => new RunEvent.HostReturned(name),
            { Health: Health.SetAside, Why: { } why, IsTold: false } => new RunEvent.HostSetAside(name, why),
            _ => null,
        };
        var next = this with { Fleet = Fleet.Set(host with { Circuit = news is null ? circuit : circuit with { IsTold = !circuit.IsTold } }) };
        return news is null ? next : next.Decided(new Decision.Tell(news));
    }

    private DispatchState Recorded(RunEvent.AttemptStarted started, DateTimeOffset now)
    {
        var known = Running.ContainsKey(started.Work) ? this : Begin(started.Work, new Slot(started.Host, started.Slot), null, now);
        return known with { Running = known.Running.SetItem(started.Work, known.Running[started.Work] with { IsRecorded = true }) };
    }
}
