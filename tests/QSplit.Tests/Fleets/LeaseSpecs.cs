using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>A bucket of which an rsync may still run is not begun again.</summary>
public sealed class LeaseSpecs
{
    [Fact]
    public void A_lost_attempt_is_looked_after_at_once_and_its_bucket_is_held_for_twelve_seconds()
    {
        var story = Lost();

        story.Later(11.5).Decide().ShouldBe(["ask in 0.5 s"]);
        story.Later(0.5).Decide().ShouldBe(["bucket 1 on b/1"]);
    }

    [Fact]
    public void A_held_bucket_begins_when_it_is_certain_that_nothing_runs_any_more() => Lost().Freed(1).Decide().ShouldBe(["bucket 1 on b/1"]);

    [Fact]
    public void An_answer_about_an_older_attempt_does_not_free_a_newer_one()
    {
        var story = Lost();
        story.Later(12).Decide();
        story.Lose(1).Decide().ShouldBe(["free bucket 1 of b/1", "ask in 12 s"]);

        story.Freed(1).Decide().ShouldBe(["ask in 12 s"]);
        story.Freed(1).Starts().ShouldBe(["bucket 1 on a/1"]);
    }

    [Fact]
    public void What_the_last_controller_left_running_is_held_and_looked_after()
    {
        var run = SmallPlan.After(SmallPlan.Of(10, 20), SmallPlan.Start(2), new RunEvent.Resumed("me"));
        var story = FleetStory.Of(run, Terms(Host("here", 2)), 10, 20);

        story.Decide().ShouldBe(["free bucket 2 of here/1", "bucket 1 on here/1", "ask in 12 s"]);
        story.Freed(2).Decide().ShouldBe(["bucket 2 on here/2"]);
    }

    [Fact]
    public void An_attempt_whose_end_was_asked_for_may_be_lost_too()
    {
        var story = FleetStory.Of(Terms(Host("a")), 10);
        story.Decide();

        story.End(1, new TransferOutcome.Interrupted(), lost: true).Decide().ShouldBe(["free bucket 1 of a/1", "ask in 12 s"]);
    }

    [Fact]
    public void A_lost_attempt_counts_as_a_loss_and_not_as_a_failure_of_the_bucket()
    {
        var story = FleetStory.Of(Terms([.. Enumerable.Range(1, 30).Select(n => Host($"dtn{n}"))]), 10);
        for (var i = 1; i < Retry.MostLosses; i++)
        {
            story.Starts().Length.ShouldBe(1);
            story.Lose(1).Freed(1);
        }
        story.State.Retries[WorkUnit.OfBucket(1)].Transients.ShouldBe(0);
        story.Starts().Length.ShouldBe(1);

        story.Lose(1).Decide();
        story.State.Retries[WorkUnit.OfBucket(1)].NotBefore.ShouldBeNull();
    }

    [Fact]
    public void A_pass_is_not_over_while_an_rsync_of_it_may_still_run()
    {
        var story = FleetStory.Of(Terms(Host("a")), 10);
        story.Decide();
        story.End(1, Left).Decide();

        story.End(1, Left, lost: true).Decide().ShouldBe(["free bucket 1 of a/1", "ask in 12 s"]);
        story.State.IsOver.ShouldBeFalse();
        story.Later(12).Decide().ShouldBeEmpty();
        story.State.IsOver.ShouldBeTrue();
    }

    private static FleetStory Lost()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b")), 10);
        story.Decide().ShouldBe(["bucket 1 on a/1"]);
        story.Lose(1).Decide().ShouldBe(["free bucket 1 of a/1", "ask in 12 s"]);
        story.Decide().ShouldBe(["ask in 12 s"]);
        return story;
    }
}
