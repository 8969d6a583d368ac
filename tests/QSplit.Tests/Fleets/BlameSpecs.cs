using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>A failure is the host's, the work's or the manifest's: other hosts and other work tell which.</summary>
public sealed class BlameSpecs
{
    private static readonly TransferOutcome Unknown = new TransferOutcome.Refused(1, "rsync: --fuzzy-names: unknown option");

    [Fact]
    public void A_host_that_fails_at_once_is_set_aside_after_two_buckets_and_takes_no_more()
    {
        var story = Begun("a", "b");

        story.FailAtOnce(1).Decide().ShouldBe(["bucket 3 on a/1"]);
        story.FailAtOnce(3).Decide().ShouldBe([
            "a is set aside: attempts fail there at once: rsync exited 13. Internal hashtable error", "ask in 5 s"]);
        story.End(2, Done).Starts().ShouldBe(["bucket 1 on b/1"]);
        story.End(1, Done).Starts().ShouldBe(["bucket 3 on b/1"]);
    }

    [Fact]
    public void A_host_that_keeps_failing_at_once_is_tried_with_one_bucket_after_longer_and_longer_pauses()
    {
        var story = Begun("a", "b");
        story.FailAtOnce(1).Decide();
        story.FailAtOnce(3).Decide();
        foreach (var pause in (int[])[5, 10, 20])
        {
            story.Later(pause).Decide().ShouldContain("probe a");
            var tried = story.Probed("a").Starts().ShouldHaveSingleItem();
            story.FailAtOnce(int.Parse(tried.Split(' ')[1])).Decide().ShouldBe([$"ask in {2 * pause} s"]);
        }
    }

    [Fact]
    public void Failures_at_once_of_one_host_are_none_of_the_attempts_of_a_bucket()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b"), Host("c"), Host("d")), 40, 30, 20, 10);
        story.Decide();
        story.End(2, Done).End(3, Done).End(4, Done);

        story.FailAtOnce(1, Left).Starts().ShouldBe(["bucket 1 on b/1"]);
        story.FailAtOnce(1, 12, "protocol").Starts().ShouldBe(["bucket 1 on c/1"]);
        story.State.Retries[WorkUnit.OfBucket(1)].ShouldSatisfyAllConditions(r => r.Partials.ShouldBe(0), r => r.Transients.ShouldBe(0));
        story.FailAtOnce(1, Left);
        story.State.Retries[WorkUnit.OfBucket(1)].NotBefore.ShouldBeNull("as on a: the entries are to blame, and both attempts count");
    }

    [Fact]
    public void A_bucket_that_two_hosts_cannot_copy_in_the_same_way_is_given_up_although_it_failed_at_once()
    {
        var story = Begun("a", "b");

        story.FailAtOnce(1, Left).Starts().ShouldBe(["bucket 3 on a/1"]);
        story.End(2, Done).Starts().ShouldBe(["bucket 1 on b/1"]);
        story.FailAtOnce(1, Left);

        story.State.Retries[WorkUnit.OfBucket(1)].NotBefore.ShouldBeNull();
    }

    [Fact]
    public void A_bucket_that_fails_in_the_same_way_on_several_hosts_sets_none_of_them_aside()
    {
        var story = Begun("a", "b");
        story.Fail(1, "rsync exited 13. Overflow in \"/mnt/a\" [sender=3.2.7]").Decide();
        for (var n = 0; n < 3; n++)
        {
            story.End(3, Done).End(2, Done).Later(10).Decide();
            story.End(4, Done).End(5, Done).Decide();
        }

        story.State.Hosts.ShouldAllBe(host => host.Why == null);
    }

    [Fact]
    public void Hosts_that_were_set_aside_for_a_failure_come_back_when_a_bucket_has_it_on_another_host_too()
    {
        var story = Begun("a", "b");
        story.FailAtOnce(1).Decide();
        story.FailAtOnce(3).Decide().ShouldContain(line => line.StartsWith("a is set aside"));
        story.Later(1).End(2, Done).Starts().ShouldBe(["bucket 1 on b/1"]);

        story.FailAtOnce(1).Decide().ShouldContain("a is back");
        story.State.Hosts.ShouldAllBe(host => host.Why == null);
        story.State.Retries[WorkUnit.OfBucket(1)].Transients.ShouldBe(2, "each host's failure counts now");
    }

    [Fact]
    public void Several_hosts_that_are_broken_in_the_same_way_do_not_speak_for_each_other()
    {
        var story = FleetStory.Of(Terms(Host("a"), Host("b"), Host("c")), 40, 30, 20, 10);
        story.Decide();
        story.FailAtOnce(1).FailAtOnce(2).Starts().ShouldBe(["bucket 1 on b/1", "bucket 2 on a/1"]);
        story.FailAtOnce(1).FailAtOnce(2).Decide();
        story.State.Hosts.Where(host => host.Why is not null).Select(host => host.Name).ShouldBe(["a", "b"]);

        story.Later(5).Decide().ShouldContain("probe b");
        story.Probed("a").Starts().ShouldBe(["bucket 4 on a/1"]);
        story.FailAtOnce(4).End(3, Done).Probed("b").Starts().ShouldBe(["bucket 1 on c/1", "bucket 4 on b/1"]);
        story.FailAtOnce(4).Decide().ShouldNotContain(line => line.Contains("is back"));
    }

    [Fact]
    public void What_some_buckets_have_on_every_host_is_held_against_no_host_any_more()
    {
        var story = Begun("a", "b");
        story.FailAtOnce(1, Left).End(2, Done).Decide();
        story.FailAtOnce(1, Left).Decide();

        for (var n = 0; n < 6; n++)
        {
            foreach (var work in story.State.Running.Keys.ToList()) story.FailAtOnce(work.Bucket, Left);
            story.Decide().ShouldNotContain(line => line.Contains("set aside"));
        }
    }

    [Fact]
    public void Buckets_that_one_host_could_not_copy_and_others_could_set_it_aside()
    {
        var story = FleetStory.Of(Terms(Host("a", 2), Host("b", 2)), 60, 50, 40, 30, 20, 10);
        story.Decide().ShouldBe(["bucket 1 on a/1", "bucket 2 on b/1", "bucket 3 on a/2", "bucket 4 on b/2"]);
        story.End(1, Done).Fail(3, "rsync exited 11. Input/output error").Later(1).Decide();

        story.State.Hosts.ShouldAllBe(host => host.Why == null, "it took its time");
        story.FailAtOnce(5, Left).End(2, Done).End(4, Done).Decide();
        story.State.Hosts.ShouldAllBe(host => host.Why == null, "one");
    }

    [Fact]
    public void An_attempt_that_copied_more_files_than_it_failed_at_is_no_failure_of_its_host()
    {
        var story = Begun("a", "b");

        story.FailAtOnce(1, Left, files: 2).Decide();
        story.FailAtOnce(3, Left, files: 2).Decide().ShouldNotContain(line => line.Contains("set aside"));
        story = Begun("a", "b");

        story.FailAtOnce(1, Left, files: 1).Decide();
        story.FailAtOnce(3, Left, files: 1).Decide().ShouldContain(line => line.StartsWith("a is set aside"));
    }

    [Fact]
    public void With_one_host_alone_nothing_is_held_against_it_that_no_other_could_do_better()
    {
        var story = FleetStory.Of(Terms(Host("here", 2)), 40, 30, 20, 10);
        story.Decide();

        story.FailAtOnce(1, Left).FailAtOnce(2, Left).Decide().ShouldBe(["bucket 1 on here/1", "bucket 2 on here/2"]);
    }

    [Fact]
    public void A_host_that_refuses_the_arguments_is_set_aside_and_another_does_the_work()
    {
        var story = Begun("a", "b");

        story.FailAtOnce(1, Unknown).Decide().ShouldBe(["a is set aside: rsync: --fuzzy-names: unknown option", "ask in 5 s"]);
        story.State.Halt.ShouldBeNull();
        story.End(2, Done).Starts().ShouldBe(["bucket 1 on b/1"]);
        story.State.Retries[WorkUnit.OfBucket(1)].Transients.ShouldBe(0);
    }

    [Fact]
    public void When_all_hosts_refuse_the_arguments_the_run_stops_at_once()
    {
        var story = Begun("a", "b");

        story.FailAtOnce(1, Unknown).FailAtOnce(2, Unknown).Decide();

        story.State.Halt.ShouldBe(
            "rsync refused its arguments or cannot do what they ask (exit 1) on all 2 hosts (a, b): rsync: --fuzzy-names: unknown option");
    }

    [Fact]
    public void When_all_hosts_fail_in_the_same_way_and_nothing_has_succeeded_the_run_stops_at_once_and_says_what_to_check()
    {
        var story = Begun("a", "b");

        story.FailAtOnce(1, 2, "protocol incompatibility. rsync: --zc=x: invalid on \"dtn1\" [sender=3.2.7]").State.Halt.ShouldBeNull();
        story.FailAtOnce(2, 2, "protocol incompatibility. rsync: --zc=x: invalid on \"dtn2\" [sender=3.4.1]");

        story.State.Halt.ShouldBe(
            "each attempt fails in the same way on all 2 hosts (a, b), and nothing has succeeded: "
            + "protocol incompatibility. rsync: --zc=x: invalid on \"dtn1\" [sender=3.2.7] (check --zc in 'options' of the migration)");
    }

    [Fact]
    public void On_one_host_alone_the_run_stops_after_the_second_attempt()
    {
        var story = FleetStory.Of(Terms(Host("here")), 10);
        story.Decide();

        story.FailAtOnce(1).Later(1).Decide().ShouldBe(["bucket 1 on here/1"]);
        story.FailAtOnce(1).State.Halt.ShouldBe(
            "each attempt fails in the same way, and nothing has succeeded: rsync exited 13. Internal hashtable error "
            + "(check 'options' of the migration, and rsync on the hosts)");
    }

    [Theory]
    [InlineData(13, "another failure")]
    [InlineData(11, "rsync exited 13. Internal hashtable error")]
    public void Failures_that_are_not_the_same_stop_nothing(int exitCode, string why) =>
        Begun("a", "b").FailAtOnce(1).FailAtOnce(2, exitCode, why).State.Halt.ShouldBeNull();

    [Theory]
    [InlineData(255)]
    [InlineData(137)]
    [InlineData(20)]
    [InlineData(30)]
    public void Lost_connections_signals_and_time_outs_are_no_fault_of_the_manifest(int exitCode) =>
        Begun("a", "b").FailAtOnce(1, exitCode).FailAtOnce(2, exitCode).State.Halt.ShouldBeNull();

    [Fact]
    public void Once_something_has_succeeded_the_manifest_is_not_to_blame()
    {
        var story = Begun("a", "b");
        story.End(2, Done).Decide();

        story.FailAtOnce(1).FailAtOnce(3).Decide();

        story.State.Halt.ShouldBeNull();
    }

    [Fact]
    public void What_has_run_for_long_may_succeed_and_is_not_ended()
    {
        var story = FleetStory.Of(Terms(Host("a", 2), Host("b")), 40, 30, 20, 10);
        story.Decide();

        story.Later(6).FailAtOnce(1).FailAtOnce(2).State.Halt.ShouldBeNull();
    }

    [Fact]
    public void Every_pass_is_looked_at_on_its_own()
    {
        var story = Begun("a", "b");
        story.End(1, Done).Go(state => state.With([new WorkItem(WorkUnit.Seal, default)])).Decide();

        story.State.History.InVain.ShouldNotBeNull().ShouldBeEmpty();
    }

    private static FleetStory Begun(params string[] hosts)
    {
        var story = FleetStory.Of(Terms([.. hosts.Select(name => Host(name))]), 90, 80, 70, 60, 50, 40, 30, 20);
        story.Decide().ShouldBe([.. hosts.Select((name, i) => $"bucket {i + 1} on {name}/1")]);
        return story;
    }
}
