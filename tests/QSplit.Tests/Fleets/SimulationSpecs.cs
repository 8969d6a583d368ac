using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using QSplit.Fleets;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Fleets;

/// <summary>Whole runs in virtual time, with whatever can go wrong going wrong.</summary>
public sealed class SimulationSpecs
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public Task In_the_end_each_bucket_is_done_or_given_up_and_none_ever_ran_twice_at_once() => Task.Run(
        () => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => new Simulation(seed, halts: false).Run().ShouldSatisfyAllConditions(
                s => s.State.Run.Buckets.Values.ShouldAllBe(b => b.Running == null),
                s => s.State.Run.LeftBuckets.ShouldAllBe(n => s.State.Retries[n].NotBefore == null),
                s => s.State.Run.LeftBuckets.ShouldAllBe(n => s.Attempts[n] >= 2),
                s => s.Attempts.Values.ShouldAllBe(n => n <= DispatchState.MostTries * 2),
                s => s.State.Halt.ShouldBeNull()))
            .QuickCheckThrowOnFailure(),
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Nothing_begins_after_a_halt_and_what_ran_is_waited_for() => Task.Run(
        () => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => new Simulation(seed, halts: true).Run().ShouldSatisfyAllConditions(
                s => s.State.Run.Buckets.Values.ShouldAllBe(b => b.Running == null),
                s => s.BegunAfterHalt.ShouldBe(0)))
            .QuickCheckThrowOnFailure(),
        TestContext.Current.CancellationToken);

    private sealed class Simulation(int seed, bool halts)
    {
        private readonly Random _random = new(seed);
        private readonly PriorityQueue<RunEvent.AttemptEnded, (DateTimeOffset At, int Order)> _ends = new();
        private DateTimeOffset _now = new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);

        public DispatchState State { get; private set; } = null!;

        public Dictionary<int, int> Attempts { get; } = [];

        public int BegunAfterHalt { get; private set; }

        public Simulation Run()
        {
            var plan = SmallPlan.Of([.. Enumerable.Range(0, _random.Next(1, 40)).Select(_ => _random.NextInt64(1000))]);
            ImmutableArray<Slot> slots = [.. Enumerable.Range(1, _random.Next(1, 8)).Select(n => new Slot($"dtn{n % 3}", n))];
            State = DispatchState.Of(SmallPlan.Begun(plan));
            while (true)
            {
                var decisions = Dispatcher.Decide(State, plan.Buckets, slots, _now);
                foreach (var start in decisions.OfType<Decision.StartAttempt>()) Begin(start, plan);
                var wait = decisions.OfType<Decision.Pause>().SingleOrDefault();
                if (_ends.Count == 0 && wait is null) return this;
                if (_ends.TryPeek(out _, out var next) && (wait is null || next.At <= wait.Until)) End();
                else _now = wait!.Until;
            }
        }

        private void Begin(Decision.StartAttempt start, Plan plan)
        {
            State.Run.Buckets[start.Bucket].Running.ShouldBeNull();
            State.Run.Buckets[start.Bucket].IsDone.ShouldBeFalse();
            State.Run.Buckets.Values.ShouldAllBe(b => b.Running == null || new Slot(b.Running.Host, b.Running.Slot) != start.Slot);
            if (State.Halt is not null) BegunAfterHalt++;
            var attempt = Attempts[start.Bucket] = Attempts.GetValueOrDefault(start.Bucket) + 1;
            State = State.After(new RunEvent.AttemptStarted(WorkUnit.OfBucket(start.Bucket), attempt, start.Slot.Host, start.Slot.Number, start.Named.Length), _now);
            var seconds = plan.Buckets[start.Bucket - 1].Estimate.TotalSeconds * _random.NextDouble();
            _ends.Enqueue(SmallPlan.End(start.Bucket, Outcome(), attempt, seconds: seconds), (_now.AddSeconds(seconds), _ends.Count));
        }

        private void End()
        {
            _ends.TryDequeue(out var ended, out var at).ShouldBeTrue();
            _now = at.At;
            State = State.After(ended!, _now);
        }

        private TransferOutcome Outcome() => _random.Next(halts ? 12 : 10) switch
        {
            < 4 => new TransferOutcome.Succeeded(0),
            < 7 => new TransferOutcome.Transient(255, "ssh failed"),
            < 9 => new TransferOutcome.Partial([new("./a", "Permission denied (13)")], true),
            9 => new TransferOutcome.Partial([], false),
            10 => new TransferOutcome.NoSpace("full"),
            _ => new TransferOutcome.Refused(1, "no"),
        };
    }
}
