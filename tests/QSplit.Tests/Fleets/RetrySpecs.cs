using QSplit.Fleets;
using QSplit.Runs;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>What becomes of a bucket that failed.</summary>
public sealed class RetrySpecs
{
    [Fact]
    public void What_is_left_by_name_is_tried_again_at_once_and_then_given_up_for_this_session()
    {
        var story = FleetStory.Of(Terms(Host("here")), 10);
        story.Decide();

        story.End(1, Left).Decide();
        story.Decisions.ShouldBe([new Decision.StartAttempt(WorkUnit.OfBucket(1), new Slot("here", 1), Left.Failures, null)]);
        story.End(1, Left).Decide().ShouldBeEmpty();
        story.State.IsOver.ShouldBeTrue();

        FleetStory.Of(story.State.Run, Terms(Host("here")), 10).Decide().ShouldBe(["bucket 1 on here/1"]);
    }

    [Fact]
    public void What_is_left_by_name_is_tried_again_on_another_host_and_waits_for_one()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b")), 30, 20, 10);
        story.Decide().ShouldBe(["bucket 1 on a/1", "bucket 2 on b/1"]);

        story.End(1, Left).Decide().ShouldBe(["bucket 3 on a/1"]);
        story.End(3, Done).Decide().ShouldBeEmpty();
        story.End(2, Done).Decide().ShouldBe(["bucket 1 on b/1"]);
    }

    [Fact]
    public void A_bucket_that_failed_on_every_usable_host_is_given_to_any()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b"), Host("c", drains: true)), 10);
        story.Decide().ShouldBe(["bucket 1 on a/1"]);
        story.Fail(1).Later(1).Decide().ShouldBe(["bucket 1 on b/1"]);
        story.Fail(1).Later(2).Decide().ShouldBe(["bucket 1 on a/1"]);
    }

    [Fact]
    public void A_bucket_that_fails_by_its_host_is_given_longer_and_longer_pauses_and_then_up()
    {
        var story = FleetStory.Of(Terms([.. Enumerable.Range(1, 9).Select(n => Host($"dtn{n}"))]), 10);
        for (var (pause, n) = (1, 1); n < Retry.MostTries; pause *= 2, n++)
        {
            story.Decide().ShouldBe([$"bucket 1 on dtn{n}/1"]);
            story.Fail(1).Decide().ShouldBe([$"ask in {pause} s"]);
            story.Later(pause - 0.5).Decide().ShouldBe(["ask in 0.5 s"]);
            story.Later(0.5);
        }
        story.Decide().ShouldBe(["bucket 1 on dtn5/1"]);

        story.Fail(1).Later(1e6).Decide().ShouldBeEmpty();
        story.State.IsOver.ShouldBeTrue();
        story.State.Retries[WorkUnit.OfBucket(1)].NotBefore.ShouldBeNull();
    }

    [Fact]
    public void An_attempt_that_got_somewhere_gives_the_bucket_its_patience_back()
    {
        var story = FleetStory.Of(Terms([.. Enumerable.Range(1, 9).Select(n => Host($"dtn{n}"))]), 10);
        story.Decide();
        story.Fail(1).Later(1).Decide();
        story.Fail(1).Later(2).Decide();
        story.End(1, Left).Decide().ShouldBe(["bucket 1 on dtn4/1"]);

        story.Fail(1).Decide().ShouldBe(["ask in 1 s"]);
    }

    [Fact]
    public void A_bucket_that_waits_holds_up_no_other()
    {
        var story = FleetStory.Of(Terms(Host("here")), 30, 20);
        story.Decide();

        story.Fail(1).Decide().ShouldBe(["bucket 2 on here/1", "ask in 1 s"]);
    }

    [Fact]
    public void Many_buckets_that_one_host_cannot_do_hold_up_no_other()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b")), 50, 40, 30, 20, 10);
        story.Decide().ShouldBe(["bucket 1 on a/1", "bucket 2 on b/1"]);

        story.End(1, Left).Decide().ShouldBe(["bucket 3 on a/1"]);
        story.End(3, Left).Decide().ShouldBe(["bucket 4 on a/1"]);
        story.End(4, Left).Decide().ShouldBe(["bucket 5 on a/1"]);
        story.End(2, Done).Decide().ShouldBe(["bucket 1 on b/1"]);
    }
}
