using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>A host that keeps failing is set aside, and probed until it is well.</summary>
public sealed class CircuitSpecs
{
    private static readonly long[] Ten = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10];

    [Fact]
    public void A_host_is_set_aside_after_three_failures_in_a_row_of_any_of_its_slots()
    {
        var story = Busy();

        story.Fail(1).Fail(2).Decide().ShouldNotContain(line => line.Contains("set aside"));
        story.Fail(3, "Connection refused\nat all").Decide().ShouldBe(["a is set aside: Connection refused", "ask in 1 s"]);
        story.Fail(4).Starts().ShouldBeEmpty();
        story.State.Hosts.ShouldBe([new HostView("a", 4, 2, "Connection refused", Begun.AddSeconds(5), false)]);
    }

    [Fact]
    public void Failures_are_in_a_row_only_without_a_success_or_an_attempt_that_left_some_entries()
    {
        var story = Busy();
        story.Fail(1).Fail(2).End(3, Left).Fail(4).Decide();
        story.Fail(5).End(6, Done);

        story.Fail(3).Decide().ShouldNotContain(line => line.Contains("set aside"));
    }

    [Fact]
    public void A_host_that_is_unfit_is_set_aside_at_once_and_nobody_else_is_blamed()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b")), 10, 10);
        story.Decide();

        story.End(1, new TransferOutcome.HostUnfit("no rsync\nfound")).Decide().ShouldBe(["a is set aside: no rsync", "ask in 5 s"]);
        story.State.Retries.ShouldBeEmpty();
        story.End(2, Done).Starts().ShouldBe(["bucket 1 on b/1"]);
    }

    [Fact]
    public void A_host_that_is_set_aside_is_probed_tried_with_one_bucket_the_lightest_and_then_back()
    {
        var story = SetAside();

        story.Later(5).Decide().ShouldBe(["probe a", "ask in 595 s"]);
        story.Decide().ShouldBe(["ask in 595 s"]);
        story.State.Hosts.Single().ShouldBe(new HostView("a", 2, 0, "ssh: reset", null, false));
        story.Probed("a").Decide().ShouldBe(["bucket 10 on a/1"]);
        story.End(10, Done).Decide().ShouldBe(["a is back", "bucket 1 on a/1", "bucket 2 on a/2"]);
        story.State.Hosts.Single().ShouldBe(new HostView("a", 2, 2, null, null, false));
    }

    [Fact]
    public void An_attempt_on_trial_that_ends_without_a_verdict_is_followed_by_another()
    {
        var story = SetAside();
        story.Later(5).Decide();
        story.Probed("a").Decide();

        story.End(10, new TransferOutcome.Interrupted()).Decide().ShouldBe(["bucket 10 on a/1"]);
    }

    [Fact]
    public void Each_time_without_a_success_it_is_set_aside_for_longer_up_to_two_minutes()
    {
        var story = SetAside().Later(5);
        foreach (var pause in (int[])[10, 20, 40, 80, 120, 120])
        {
            story.Decide().ShouldContain("probe a");
            story.Probed("a", "still down").Decide().ShouldBe([$"ask in {pause} s"]);
            story.State.Hosts.Single().Why.ShouldBe("still down");
            story.Later(pause);
        }
        story.Decide();
        story.Probed("a").Decide().ShouldBe(["bucket 10 on a/1"]);
        story.End(10, Done).Decide();

        story.End(2, new TransferOutcome.HostUnfit("gone")).Decide();
        story.State.Hosts.Single().Until.ShouldBe(story.Now.AddSeconds(5));
    }

    [Fact]
    public void A_failure_on_trial_sets_it_aside_again_for_longer()
    {
        var story = SetAside().Later(5);
        story.Decide();
        story.Probed("a").Decide();

        story.Fail(10).Later(1).Decide().ShouldBe(["ask in 9 s"]);
        story.Later(9).Decide().ShouldContain("probe a");
    }

    [Fact]
    public void What_was_begun_before_a_host_was_set_aside_tells_nothing_new_when_it_fails()
    {
        var story = Busy();
        story.Fail(1).Fail(2).Fail(3).Fail(4).Decide();

        story.State.Hosts.Single().Until.ShouldBe(Begun.AddSeconds(5));
    }

    [Fact]
    public void Hosts_that_are_down_from_the_start_are_told_and_probed_after_five_seconds()
    {
        var run = SmallPlan.Begun(SmallPlan.Of(10, 20));
        var story = FleetStory.Of(run, Terms(Host("a"), Host("b")), [("a", "Connection refused")], 10, 20);

        story.Decide().ShouldBe(["a is set aside: Connection refused", "bucket 2 on b/1", "ask in 5 s"]);
        story.Later(5).Decide().ShouldBe(["probe a"]);
        story.Probed("a").Decide().ShouldBe(["bucket 1 on a/1"]);
        story.End(1, Done).Decide().ShouldBe(["a is back"]);
    }

    [Fact]
    public void What_is_known_of_hosts_is_kept_from_pass_to_pass()
    {
        var story = SetAside().Go(state => state.With([new WorkItem(WorkUnit.Seal, default)]));

        story.Decide().ShouldBe(["ask in 5 s"]);
    }

    /// <remarks>A probe writes in the target: it changed the time of the target's root after the seal had set it.</remarks>
    [Fact]
    public void No_host_is_probed_while_the_seal_runs()
    {
        var story = FleetStory.Of(SmallPlan.Begun(SmallPlan.Of()), Terms(Host("a"), Host("b")), [("a", "down")]).Go(state => state.With([new WorkItem(WorkUnit.Seal, default)]));
        story.Decide().ShouldContain("seal on b/1");

        story.Later(100).Decide().ShouldBeEmpty();

        story.End(WorkUnit.Seal, new TransferOutcome.Transient(255, "ssh: reset")).Decide().ShouldContain("probe a");
    }

    private static FleetStory Busy()
    {
        var story = FleetStory.Of(Terms(Host("a", 4)), Ten);
        story.Decide().Length.ShouldBe(4);
        return story;
    }

    private static FleetStory SetAside()
    {
        var story = FleetStory.Of(Terms(Host("a", 2)), Ten);
        story.Decide();
        story.End(1, new TransferOutcome.HostUnfit("ssh: reset")).End(2, new TransferOutcome.Interrupted()).Decide().ShouldBe(["a is set aside: ssh: reset", "ask in 5 s"]);
        return story;
    }
}
