using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>What begins, in which order, and on which slot.</summary>
public sealed class DispatcherSpecs
{
    private static readonly DispatchTerms Here = Terms(Host("here", 2));

    [Fact]
    public void The_heaviest_buckets_begin_first_one_for_each_slot() => FleetStory.Of(Here, 10, 30, 20).Decide().ShouldBe(["bucket 2 on here/1", "bucket 3 on here/2"]);

    [Fact]
    public void Buckets_of_the_same_weight_begin_in_their_order() => FleetStory.Of(Here, 1, 1, 1).Decide().ShouldBe(["bucket 1 on here/1", "bucket 2 on here/2"]);

    [Fact]
    public void The_host_with_the_lowest_share_of_busy_slots_comes_first_then_its_name() =>
        FleetStory.Of(Terms(Host("b", 4), Host("c", 2), Host("a", 2)), 9, 8, 7, 6, 5, 4).Decide().ShouldBe([
            "bucket 1 on a/1", "bucket 2 on b/1", "bucket 3 on c/1", "bucket 4 on b/2", "bucket 5 on a/2", "bucket 6 on b/3"]);

    [Fact]
    public void A_slot_that_comes_free_gets_the_next_bucket_and_nothing_is_begun_twice()
    {
        var story = FleetStory.Of(Here, 10, 30, 20);
        story.Decide();

        story.Decide().ShouldBeEmpty();
        story.End(2, Done).Decide().ShouldBe(["bucket 1 on here/1"]);
        story.End(1, Done).End(3, Done).Decide().ShouldBeEmpty();
        story.State.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void What_is_decided_is_not_decided_again_before_it_was_recorded()
    {
        var (state, first) = Dispatcher.Decide(FleetStory.Of(Here, 10, 30, 20).State, Begun);

        first.Length.ShouldBe(2);
        Dispatcher.Decide(state, Begun).Decisions.ShouldBeEmpty();
        state.IsOver.ShouldBeFalse();
    }

    [Fact]
    public void A_bucket_that_was_done_before_is_not_begun_and_an_attempt_that_was_not_decided_here_has_its_slot()
    {
        var run = SmallPlan.After(SmallPlan.Of(10, 30, 20), SmallPlan.Start(2), SmallPlan.End(2, Done));
        var story = FleetStory.Of(run, Here, 10, 30, 20).Go(state => state.After(new FleetEvent.Ran(SmallPlan.Start(3)), Begun));

        story.Decide().ShouldBe(["bucket 1 on here/2"]);
    }

    [Fact]
    public void An_interrupted_attempt_goes_back_to_the_queue_without_blame()
    {
        var story = FleetStory.Of(Terms(Host("here")), 10);
        for (var i = 0; i < 10; i++)
        {
            story.Decide().ShouldBe(["bucket 1 on here/1"]);
            story.End(1, new TransferOutcome.Interrupted());
        }

        story.State.Retries.ShouldBeEmpty();
    }

    [Fact]
    public void The_passes_follow_each_other_over_the_same_fleet()
    {
        var story = FleetStory.Of(Here, 10).Go(state => state.With([new WorkItem(WorkUnit.Open, default)]));
        story.Decide().ShouldBe(["open on here/1"]);
        story.End(WorkUnit.Open, Done).State.IsOver.ShouldBeTrue();

        story.Go(state => state.With(Items(10))).Decide().ShouldBe(["bucket 1 on here/1"]);
        story.End(1, Left).Decide();
        story.End(1, Left).State.IsOver.ShouldBeTrue();

        story.Go(state => state.With([new WorkItem(WorkUnit.Seal, default)])).Decide().ShouldBe(["seal on here/1"]);
        story.End(WorkUnit.Seal, Done).Go(state => state.With([new WorkItem(WorkUnit.Seal, default)])).Decide().ShouldBe(["seal on here/1"]);
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
        var story = FleetStory.Of(Here, 10, 30, 20);
        story.Decide();

        story.End(2, outcome).Decide().ShouldBeEmpty();

        story.State.Halt.ShouldBe(why);
        story.State.IsOver.ShouldBeFalse();
        story.End(3, new TransferOutcome.NoSpace("later")).State.Halt.ShouldBe(why);
        story.State.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void A_halt_from_outside_takes_back_what_was_decided_and_had_not_begun()
    {
        var (state, decisions) = Dispatcher.Decide(FleetStory.Of(Here, 10, 30, 20).State, Begun);
        var first = (Decision.StartAttempt)decisions[0];
        state = state.After(new FleetEvent.Ran(new RunEvent.AttemptStarted(first.Work, 1, first.Slot.Host, first.Slot.Number, 0)), Begun).Halted("no room");

        state.Hosts.Single().Busy.ShouldBe(1);
        state.Halt.ShouldBe("no room");
        state.After(new FleetEvent.Ran(SmallPlan.End(first.Work.Bucket, Done)), Begun).IsOver.ShouldBeTrue();
    }
}
