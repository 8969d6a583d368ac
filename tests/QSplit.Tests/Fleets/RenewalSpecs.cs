using QSplit.Fleets;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>The manifest is read again while a migration runs.</summary>
public sealed class RenewalSpecs
{
    [Fact]
    public void A_host_that_is_new_is_looked_at_and_tried_first()
    {
        var story = FleetStory.Of(Terms(Host("a")), 50, 40, 30, 20);
        story.Decide();

        story.Renew(Terms(Host("a"), Host("b", 2))).Decide().ShouldBe(["probe b"]);
        story.Probed("b").Decide().ShouldBe(["bucket 4 on b/1"]);
        story.End(4, Done).Decide().ShouldBe(["bucket 2 on b/1", "bucket 3 on b/2"]);
    }

    [Fact]
    public void A_host_that_is_new_and_not_well_is_told_when_that_is_known()
    {
        var story = FleetStory.Of(Terms(Host("a")), 50, 40);
        story.Decide();
        story.Renew(Terms(Host("a"), Host("b"))).Decide();

        story.Probed("b", "Connection refused").Decide().ShouldBe(["b is set aside: Connection refused", "ask in 5 s"]);
    }

    [Fact]
    public void A_host_that_is_set_aside_is_looked_at_at_once_for_it_may_have_been_mended_in_the_manifest()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b")), 50, 40, 30);
        story.Decide();
        story.End(2, new TransferOutcome.HostUnfit("no way there")).Decide().ShouldBe(["b is set aside: no way there", "ask in 5 s"]);

        story.Renew(Terms(Host("a"), Host("b"))).Decide().ShouldBe(["probe b"]);
    }

    [Fact]
    public void A_host_that_is_new_is_looked_at_before_the_run_gives_up()
    {
        var terms = Terms(Host("a")) with { Patience = TimeSpan.Zero };
        var story = FleetStory.Of(terms, 50, 40);
        story.Decide();
        story.End(1, Done).Renew(terms with { Hosts = [Host("b")] }).Decide().ShouldBe(["probe b"]);

        story.State.Halt.ShouldBeNull();
        story.Probed("b", "Connection refused").Decide();
        story.State.Halt.ShouldBe("no host is left: b: Connection refused");
    }

    [Fact]
    public void A_host_that_was_taken_out_ends_what_it_does_and_gets_nothing_new()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b", 2)), 50, 40, 30, 20);
        story.Decide().ShouldBe(["bucket 1 on a/1", "bucket 2 on b/1", "bucket 3 on b/2"]);

        story.Renew(Terms(Host("a"))).Decide().ShouldBe(["end bucket 2: host b was taken out of the manifest", "end bucket 3: host b was taken out of the manifest"]);
        story.Renew(Terms(Host("a"))).Decide().ShouldBeEmpty();
        story.End(2, new TransferOutcome.Interrupted()).Decide().ShouldBeEmpty();
        story.End(1, Done).Decide().ShouldBe(["bucket 2 on a/1"]);
        story.State.Hosts.Select(h => h.Name).ShouldBe(["a"]);
    }

    [Fact]
    public void A_host_that_is_put_back_is_looked_at_and_its_slots_are_not_used_twice()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b", 2)), 50, 40, 30, 20);
        story.Decide();
        story.Renew(Terms(Host("a"))).Decide();

        story.Renew(Terms(Host("a"), Host("b", 2))).Decide().ShouldBe(["probe b"]);
        story.Probed("b").Decide().ShouldBeEmpty();
        story.End(3, new TransferOutcome.Interrupted()).Decide().ShouldBe(["bucket 4 on b/2"]);
    }

    [Fact]
    public void A_host_that_drains_finishes_what_it_does_and_gets_nothing_new_until_it_no_longer_drains()
    {
        var story = FleetStory.Of(Terms(Host("a", 2)), 50, 40, 30, 20);
        story.Decide();

        story.Renew(Terms(Host("a", 2, drains: true))).End(1, Done).Decide().ShouldBeEmpty();
        story.State.Hosts.ShouldBe([new HostView("a", 2, 1, null, null, true)]);
        story.Renew(Terms(Host("a", 2))).Decide().ShouldBe(["bucket 3 on a/1"]);
    }

    [Fact]
    public void More_slots_are_used_at_once_and_fewer_as_soon_as_what_runs_on_the_others_has_ended()
    {
        var story = FleetStory.Of(Terms(Host("a", 1)), 50, 40, 30, 20);
        story.Decide();
        story.Renew(Terms(Host("a", 3))).Decide().ShouldBe(["bucket 2 on a/2", "bucket 3 on a/3"]);

        story.Renew(Terms(Host("a", 1))).End(1, Done).Decide().ShouldBeEmpty();
        story.End(2, Done).Decide().ShouldBeEmpty();
        story.End(3, Done).Decide().ShouldBe(["bucket 4 on a/1"]);
    }
}
