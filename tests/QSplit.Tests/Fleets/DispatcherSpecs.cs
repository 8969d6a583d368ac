using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Fleets;

/// <summary>Given what has happened, when a slot is free, then this is begun.</summary>
public sealed class DispatcherSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<Slot> Slots = [new("here", 2), new("here", 1)];
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);
    private static readonly TransferOutcome Lost = new TransferOutcome.Transient(255, "ssh failed. Connection reset");
    private static readonly TransferOutcome.Partial Left = new([new("./tree-1/a", "Permission denied (13)")], true);
    private readonly Plan _plan = SmallPlan.Of(10, 30, 20);

    [Fact]
    public void The_heaviest_buckets_begin_first_one_for_each_slot() => Decide().ShouldBe([Begin(2, 1), Begin(3, 2)]);

    [Fact]
    public void A_bucket_that_runs_is_not_begun_again_and_its_slot_is_not_free()
    {
        Decide(SmallPlan.Start(2)).ShouldBe([Begin(3, 2)]);
        Decide(SmallPlan.Start(2), SmallPlan.Start(3, slot: 2)).ShouldBeEmpty();
    }

    [Fact]
    public void A_bucket_that_is_done_is_never_begun_again() => Decide(SmallPlan.Start(2), SmallPlan.End(2, Done)).ShouldBe([Begin(3, 1), Begin(1, 2)]);

    [Fact]
    public void When_all_is_done_there_is_nothing_to_begin_or_wait_for() =>
        Decide(SmallPlan.End(1, Done), SmallPlan.End(2, Done), SmallPlan.End(3, Done)).ShouldBeEmpty();

    [Fact]
    public void Buckets_of_the_same_weight_begin_in_their_order() =>
        Dispatcher.Decide(DispatchState.Of(SmallPlan.Begun(SmallPlan.Of(1, 1, 1))), SmallPlan.Of(1, 1, 1).Buckets.Reverse(), Slots, Now).ShouldBe([Begin(1, 1), Begin(2, 2)]);

    [Fact]
    public void What_is_left_by_name_is_tried_again_at_once_and_then_given_up_for_this_session()
    {
        var once = Given((SmallPlan.Start(1), 0), (SmallPlan.End(1, Left), 0));
        Decide(once, others: false).ShouldBe([new Decision.StartAttempt(1, new("here", 1), Left.Failures)]);

        var twice = once.After(SmallPlan.Start(1, 2), Now).After(SmallPlan.End(1, Left, 2), Now);
        Decide(twice, others: false).ShouldBeEmpty();
        Decide(DispatchState.Of(twice.Run), others: false).ShouldBe([new Decision.StartAttempt(1, new("here", 1), Left.Failures)]);
    }

    [Fact]
    public void A_host_that_fails_is_given_longer_and_longer_pauses_and_then_up()
    {
        var (state, now) = (Given(), Now);
        foreach (var pause in (int[])[1, 2, 4, 8])
        {
            state = state.After(SmallPlan.Start(1), now).After(SmallPlan.End(1, Lost), now);
            Decide(state, others: false, now).ShouldBe([new Decision.Pause(now.AddSeconds(pause))]);
            Decide(state, others: false, now.AddSeconds(pause).AddTicks(-1)).ShouldBe([new Decision.Pause(now.AddSeconds(pause))]);
            now = now.AddSeconds(pause);
            Decide(state, others: false, now).ShouldBe([Begin(1, 1)]);
        }
        state = state.After(SmallPlan.Start(1), now).After(SmallPlan.End(1, Lost), now);

        Decide(state, others: false, now.AddYears(1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_bucket_that_waits_holds_up_no_other() => Decide(SmallPlan.Start(2), SmallPlan.End(2, Lost)).ShouldBe([Begin(3, 1), Begin(1, 2)]);

    [Fact]
    public void An_attempt_that_got_somewhere_gives_the_host_its_patience_back()
    {
        var state = Given((SmallPlan.End(1, Lost), 0), (SmallPlan.End(1, Lost), 0), (SmallPlan.End(1, Left), 0), (SmallPlan.End(1, Lost), 0));

        Decide(state, others: false).ShouldBe([new Decision.Pause(Now.AddSeconds(1))]);
    }

    public static TheoryData<TransferOutcome, string> Halts => new()
    {
        { new TransferOutcome.NoSpace("No space left\nat all"), "the target is full: No space left" },
        { new TransferOutcome.Refused(1, "unknown option"), "rsync refused its arguments or cannot do what they ask (exit 1): unknown option" },
        { new TransferOutcome.Refused(0, "/mnt/old is not the tree that was planned"), "/mnt/old is not the tree that was planned" },
        { new TransferOutcome.DeleteLimit("Deletions stopped"), "the limit on deletions was reached: Deletions stopped" },
    };

    [Theory]
    [MemberData(nameof(Halts))]
    public void Nothing_begins_any_more_when_no_bucket_could_do_better(TransferOutcome outcome, string why)
    {
        var state = Given((SmallPlan.Start(2), 0), (SmallPlan.End(2, outcome), 0));

        state.Halt.ShouldBe(why);
        Decide(state, others: true).ShouldBeEmpty();
        state.After(SmallPlan.End(1, new TransferOutcome.NoSpace("later")), Now).Halt.ShouldBe(why);
    }

    private static Decision.StartAttempt Begin(int bucket, int slot) => new(bucket, new("here", slot), []);

    private ImmutableArray<Decision> Decide(params RunEvent[] events) => Decide(Given([.. events.Select(e => (e, 0))]), others: true);

    private ImmutableArray<Decision> Decide(DispatchState state, bool others, DateTimeOffset? now = null) =>
        Dispatcher.Decide(state, _plan.Buckets.Where(b => others || b.Number == 1), Slots, now ?? Now);

    private DispatchState Given(params IEnumerable<(RunEvent Happened, int Seconds)> events) =>
        events.Aggregate(DispatchState.Of(SmallPlan.Begun(_plan)), (state, e) => state.After(e.Happened, Now.AddSeconds(e.Seconds)));
}
