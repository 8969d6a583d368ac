using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Fleets;

/// <summary>Hosts, rsyncs and a dispatcher in virtual time. What must never happen is looked for at each step.</summary>
internal sealed class VirtualFleet
{
    private static readonly TransferOutcome Reset = new TransferOutcome.Transient(255, "ssh: reset");
    private readonly Random _random;
    private readonly long[] _seconds;
    private readonly Func<TransferOutcome> _outcome;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> _events = new();
    private readonly HashSet<string> _down = [];
    private readonly Dictionary<WorkUnit, Attempt> _running = [];
    private readonly Dictionary<Slot, WorkUnit> _slots = [];
    private readonly Dictionary<WorkUnit, List<(int Attempt, DateTimeOffset Until)>> _loose = [];
    private DispatchTerms _terms;
    private Dictionary<string, HostTerms> _hosts;
    private int _living;
    private int _order;

    public VirtualFleet(Random random, DispatchTerms terms, long[] seconds, Func<TransferOutcome> outcome)
    {
        (_random, _terms, _seconds, _outcome, _hosts) = (random, terms, seconds, outcome, []);
        Count();
        State = DispatchState.Of(SmallPlan.Begun(SmallPlan.Of(seconds)), FleetStory.Items(seconds), terms, [], Now);
    }

    public DispatchState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = FleetStory.Begun;

    public int Steps { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Seconds in which a slot of a living host had nothing to do although there was something that could begin.</summary>
    public double Idle { get; private set; }

    /// <summary>Seconds of all slots of living hosts while there was something that could begin.</summary>
    public double Offered { get; private set; }

    public void At(double seconds, Action happens) => _events.Enqueue(happens, (FleetStory.Begun.AddSeconds(seconds), _order++));

    public void Renew(Func<DispatchTerms, DispatchTerms> change)
    {
        Hear(new FleetEvent.TermsChanged(_terms = change(_terms)));
        Count();
    }

    public void Revive(string host)
    {
        _down.Remove(host);
        Count();
    }

    /// <summary>All connections to a host go at once; its rsyncs end a little later.</summary>
    public void Kill(string host)
    {
        _down.Add(host);
        Count();
        foreach (var lost in _running.Values.Where(a => a.Slot.Host == host).ToList()) End(lost, Reset, lost: true);
    }

    public VirtualFleet Run(int mostSteps)
    {
        while (true)
        {
            (Steps++).ShouldBeLessThan(mostSteps, "It goes on and on.");
            (State, var decisions) = Dispatcher.Decide(State, Now);
            var halted = State.Halt is not null;
            foreach (var decision in decisions) Carry(decision, halted);
            if (State.IsOver) return this;
            // The pump ends what runs at a halt.
            if (halted) foreach (var attempt in _running.Values.ToList()) End(attempt, new TransferOutcome.Interrupted(), lost: false);
            else Pass(decisions.OfType<Decision.Pause>().SingleOrDefault()?.Until);
        }
    }

    private void Pass(DateTimeOffset? until)
    {
        var isNext = _events.TryPeek(out var happens, out var at) && (until is null || at.At <= until);
        (isNext || until is not null).ShouldBeTrue("It waits for nothing.");
        var next = isNext ? at.At : until!.Value;
        next.ShouldBeGreaterThanOrEqualTo(Now);
        if (State.Backlog.Ready.Count > 0)
        {
            var slots = _living * (next - Now).TotalSeconds;
            Offered += slots;
            Idle += slots - (_running.Count * (next - Now).TotalSeconds);
        }
        Now = next;
        if (!isNext) return;
        _events.Dequeue();
        happens!();
    }

    private void Carry(Decision decision, bool halted)
    {
        switch (decision)
        {
            case Decision.StartAttempt start:
                halted.ShouldBeFalse();
                Start(start);
                break;
            case Decision.EndAttempt end:
                var ending = _running[end.Work];
                Later(5, () => End(ending, new TransferOutcome.Interrupted(), lost: _random.Next(10) == 0));
                break;
            case Decision.EndLease lease when !_down.Contains(lease.Loose.Host):
                Later(15, () =>
                {
                    _loose.GetValueOrDefault(lease.Work)?.RemoveAll(l => l.Attempt == lease.Loose.Attempt);
                    Hear(new FleetEvent.LeaseEnded(lease.Work));
                });
                break;
            case Decision.ProbeHost probe:
                Later(10, () => Hear(new FleetEvent.ProbeEnded(probe.Host, _down.Contains(probe.Host) ? "down" : null)));
                break;
            case Decision.Tell tell:
                Hear(new FleetEvent.Ran(tell.Happened));
                break;
        }
    }

    private void Start(Decision.StartAttempt start)
    {
        var host = _hosts[start.Slot.Host];
        _running.ShouldNotContainKey(start.Work);
        _slots.TryAdd(start.Slot, start.Work).ShouldBeTrue($"{start.Slot} is used twice.");
        (_loose.Remove(start.Work, out var loose) && loose.Any(l => l.Until > Now)).ShouldBeFalse($"{start.Work} runs twice.");
        State.Run.StateOf(start.Work).IsDone.ShouldBeFalse();
        start.Slot.Number.ShouldBeInRange(1, host.Slots);
        host.Drains.ShouldBeFalse();
        if (_terms.Window is { } window) window.At(Now).IsOpen.ShouldBeTrue();
        var attempt = _running[start.Work] = new Attempt(start.Work, State.Run.StateOf(start.Work).Attempts + 1, start.Slot, start.BytesPerSecond);
        if (host.BytesPerSecond is { } limit) _running.Values.Where(a => a.Slot.Host == host.Name).Sum(a => a.Rate!.Value).ShouldBeLessThanOrEqualTo(limit);
        if (_terms.BytesPerSecond is { } most) _running.Values.Sum(a => a.Rate!.Value).ShouldBeLessThanOrEqualTo(most);
        Attempts++;
        Hear(new FleetEvent.Ran(new RunEvent.AttemptStarted(start.Work, attempt.Number, start.Slot.Host, start.Slot.Number, start.Named.Length)));
        if (_down.Contains(host.Name)) Later(3, () => End(attempt, Reset, lost: false));
        else At((Now - FleetStory.Begun).TotalSeconds + (_seconds[start.Work.Bucket - 1] * (0.8 + (0.4 * _random.NextDouble()))), () => Finish(attempt));
    }

    private void Finish(Attempt attempt)
    {
        var outcome = _outcome();
        End(attempt, outcome, lost: outcome is TransferOutcome.Transient && _random.Next(2) == 0);
    }

    private void End(Attempt attempt, TransferOutcome outcome, bool lost)
    {
        // It has ended in another way meanwhile.
        if (!_running.TryGetValue(attempt.Work, out var running) || running != attempt) return;
        _running.Remove(attempt.Work);
        _slots.Remove(attempt.Slot);
        if (lost)
        {
            if (!_loose.TryGetValue(attempt.Work, out var loose)) loose = _loose[attempt.Work] = [];
            loose.Add((attempt.Number, Now.AddSeconds(9 * _random.NextDouble())));
        }
        Hear(new FleetEvent.Ran(new RunEvent.AttemptEnded(attempt.Work, attempt.Number, outcome, new Moved(_random.Next(2), 0, 0), _random.Next(2), lost)));
    }

    private void Count()
    {
        _hosts = _terms.Hosts.ToDictionary(h => h.Name);
        _living = _terms.Hosts.Where(h => !_down.Contains(h.Name)).Sum(h => h.Slots);
    }

    private void Later(double mostSeconds, Action happens) => At((Now - FleetStory.Begun).TotalSeconds + (mostSeconds * _random.NextDouble()), happens);

    private void Hear(FleetEvent happened) => State = State.After(happened, Now);

    private sealed record Attempt(WorkUnit Work, int Number, Slot Slot, long? Rate);
}
