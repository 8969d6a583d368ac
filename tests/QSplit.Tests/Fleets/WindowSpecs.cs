using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>Outside of the window nothing begins, and what runs is ended. The story begins at 17:30 UTC.</summary>
public sealed class WindowSpecs
{
    [Fact]
    public void Nothing_begins_before_the_window_opens()
    {
        var story = FleetStory.Of(Terms(Host("a")) with { Window = Window("18:00-06:00 UTC") }, 10);

        story.Decide().ShouldBe(["ask in 1800 s"]);
        story.Later(1800).Decide().ShouldBe(["bucket 1 on a/1", "ask in 43200 s"]);
    }

    [Fact]
    public void What_runs_when_the_window_closes_is_ended_once_and_goes_back_to_the_queue()
    {
        var story = FleetStory.Of(Terms(Host("a", 2)) with { Window = Window("08:00-18:00 UTC") }, 30, 20, 10);
        story.Decide().ShouldBe(["bucket 1 on a/1", "bucket 2 on a/2", "ask in 1800 s"]);

        story.Later(1800).Decide().ShouldBe(["end bucket 1: the window closed", "end bucket 2: the window closed", "ask in 50400 s"]);
        story.End(1, new TransferOutcome.Interrupted()).Decide().ShouldBe(["ask in 50400 s"]);
        story.End(2, Done).Decide().ShouldBe(["ask in 50400 s"]);
        story.Later(50400).Decide().ShouldBe(["bucket 1 on a/1", "bucket 3 on a/2", "ask in 36000 s"]);
        story.Later(36000).Decide().ShouldContain("end bucket 1: the window closed");
    }

    [Fact]
    public void A_window_that_is_new_in_the_manifest_closes_at_once_and_one_that_went_opens()
    {
        var story = FleetStory.Of(Terms(Host("a")), 10);
        story.Decide();

        story.Renew(Terms(Host("a")) with { Window = Window("18:00-06:00 UTC") }).Decide().ShouldBe(["end bucket 1: the window closed", "ask in 1800 s"]);
        story.End(1, new TransferOutcome.Interrupted()).Renew(Terms(Host("a"))).Decide().ShouldBe(["bucket 1 on a/1"]);
    }

    [Fact]
    public void Patience_does_not_run_outside_of_the_window_and_hosts_are_probed_there()
    {
        var terms = Terms(Host("a")) with { Window = Window("18:00-06:00 UTC") };
        var story = FleetStory.Of(SmallPlan.Begun(SmallPlan.Of(10)), terms, [("a", "down")], 10);
        story.Decide().ShouldBe(["a is set aside: down", "ask in 5 s"]);
        story.Later(1700).Decide().ShouldBe(["probe a", "ask in 100 s"]);
        story.Probed("a", "down").Later(100).Decide();

        story.State.Halt.ShouldBeNull();
        story.State.Waited.OverAt(TimeSpan.FromMinutes(10)).ShouldBe(story.Now.AddMinutes(10));
    }

    [Fact]
    public void An_rsync_that_nobody_listens_to_is_ended_at_any_time()
    {
        var story = FleetStory.Of(Terms(Host("a")) with { Window = Window("08:00-18:00 UTC") }, 10);
        story.Decide();
        story.Later(1800).Decide();

        story.End(1, new TransferOutcome.Interrupted(), lost: true).Decide().ShouldBe(["free bucket 1 of a/1", "ask in 12 s"]);
        story.Later(12).Decide().ShouldBe(["ask in 50388 s"]);
    }
}
