using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Runs;

/// <summary>Given events, a run is what they say.</summary>
public sealed class RunSpecs
{
    private static readonly RunEvent.Started Begun = new("music", "music/1", new RunTerms("/mnt/old", "/mnt/new", ""), 2);
    private static readonly TransferOutcome.Partial Left = new([new("./a", "Permission denied (13)")], true);
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);

    [Fact]
    public void A_run_without_events_is_none() => RunState.From("music/1", []).ShouldBeNull();

    [Fact]
    public void Another_tree_on_the_same_mount_is_another_run() =>
        Begun.Terms.DifferencesTo(Begun.Terms with { Tree = "/b of cluster music, snapshot 7" }).ShouldBe(["the planned tree was '' and is '/b of cluster music, snapshot 7'"]);

    [Fact]
    public void A_run_that_began_has_everything_before_it()
    {
        var run = After();

        run.LeftBuckets.ShouldBe([1, 2]);
        run.DoneBuckets.ShouldBeEmpty();
        run.IsFinished.ShouldBeFalse();
    }

    [Fact]
    public void A_bucket_runs_until_its_attempt_ends_and_is_done_then()
    {
        After(Start(1)).Buckets[1].ShouldSatisfyAllConditions(b => b.IsDone.ShouldBeFalse(), b => b.Running.ShouldBe(Start(1)), b => b.Attempts.ShouldBe(1));
        After(Start(1), End(1, Done)).Buckets[1].ShouldSatisfyAllConditions(b => b.IsDone.ShouldBeTrue(), b => b.Running.ShouldBeNull());
        After(Start(1), End(1, Done)).LeftBuckets.ShouldBe([2]);
    }

    [Fact]
    public void What_was_moved_and_how_long_it_took_adds_up_over_the_attempts()
    {
        var run = After(Start(1), End(1, Left), Start(1, 2), End(1, Done, 2), Start(2), End(2, Done));

        run.Buckets[1].ShouldSatisfyAllConditions(b => b.Moved.ShouldBe(new Moved(2, 20, 200)), b => b.Seconds.ShouldBe(2), b => b.Attempts.ShouldBe(2));
        run.Moved.ShouldBe(new Moved(3, 30, 300));
    }

    [Fact]
    public void A_bucket_whose_controller_died_is_not_done_and_not_running()
    {
        var run = After(Start(1), new RunEvent.Resumed("another"));

        run.Buckets[1].ShouldBe(WorkState.Pending with { Attempts = 1, Loose = Start(1) });
        run.LeftBuckets.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_connection_that_was_lost_leaves_an_rsync_that_nobody_listens_to_until_the_next_attempt()
    {
        var lost = End(1, new TransferOutcome.Transient(255, "lost")) with { Lost = true };

        After(Start(1), lost).Buckets[1].Loose.ShouldBe(Start(1));
        After(Start(1), lost, new RunEvent.Resumed("another")).Buckets[1].Loose.ShouldBe(Start(1));
        After(Start(1), lost, Start(1, 2)).Buckets[1].Loose.ShouldBeNull();
        After(Start(1), End(1, Left)).Buckets[1].Loose.ShouldBeNull();
    }

    [Fact]
    public void A_host_is_set_aside_until_it_is_back_or_another_controller_goes_on()
    {
        var aside = new RunEvent.HostSetAside("dtn1", "Connection refused");

        After(aside).SetAside.ShouldBe([new("dtn1", "Connection refused")]);
        After(aside, new RunEvent.HostReturned("dtn1")).SetAside.ShouldBeEmpty();
        After(aside, new RunEvent.Resumed("another")).SetAside.ShouldBeEmpty();
    }

    [Fact]
    public void The_shared_directories_are_opened_and_sealed_anew_in_each_session()
    {
        var open = new RunEvent.AttemptStarted(WorkUnit.Open, 1, "here", 1, 0);

        After(open, new RunEvent.AttemptEnded(WorkUnit.Open, 1, Done, default, 1), new RunEvent.Resumed("another")).Open.IsDone.ShouldBeFalse();
    }

    [Fact]
    public void A_bucket_that_was_done_stays_done_when_another_controller_goes_on() =>
        After(Start(1), End(1, Done), new RunEvent.Resumed("another")).DoneBuckets.ShouldBe([1]);

    [Fact]
    public void The_open_and_the_seal_pass_of_a_dead_controller_are_over_too()
    {
        var run = After(new RunEvent.AttemptStarted(WorkUnit.Seal, 1, "here", 1, 0), new RunEvent.AttemptStarted(WorkUnit.Open, 1, "here", 1, 0), new RunEvent.Resumed("another"));

        (run.Open.Running, run.Seal.Running).ShouldBe((null, null));
    }

    [Fact]
    public void What_was_left_by_name_stays_so_through_an_interruption_and_through_a_death()
    {
        After(Start(1), End(1, Left), Start(1, 2), End(1, new TransferOutcome.Interrupted(), 2)).Buckets[1].Left.ShouldBe(Left.Failures);
        After(Start(1), End(1, Left), Start(1, 2), new RunEvent.Resumed("another")).Buckets[1].Left.ShouldBe(Left.Failures);
    }

    [Fact]
    public void The_whole_bucket_is_left_where_not_all_is_known_by_name()
    {
        After(Start(1), End(1, Left with { Complete = false })).Buckets[1].Left.ShouldBeEmpty();
        After(Start(1), End(1, Left), Start(1, 2), End(1, new TransferOutcome.Transient(255, "ssh failed"), 2)).Buckets[1].Left.ShouldBeEmpty();
        After(Start(1), End(1, new TransferOutcome.Interrupted())).Buckets[1].Left.ShouldBeEmpty();
    }

    [Fact]
    public void A_stopped_run_says_why_until_it_goes_on_or_is_finished()
    {
        var stopped = new RunEvent.Stopped("the target is full");

        After(stopped).StopReason.ShouldBe("the target is full");
        After(stopped, new RunEvent.Resumed("another")).StopReason.ShouldBeNull();
        After(stopped, new RunEvent.Finished()).ShouldSatisfyAllConditions(r => r.IsFinished.ShouldBeTrue(), r => r.StopReason.ShouldBeNull());
    }

    [Fact]
    public void Entries_that_were_gone_are_counted_as_the_last_attempts_saw_it() =>
        After(Start(1), End(1, new TransferOutcome.Succeeded(2)), new RunEvent.AttemptEnded(WorkUnit.Seal, 1, new TransferOutcome.Succeeded(3), default, 1)).Vanished.ShouldBe(5);

    [Fact]
    public void Other_terms_are_told_in_words()
    {
        Begun.Terms.DifferencesTo(Begun.Terms).ShouldBeEmpty();
        Begun.Terms.DifferencesTo(new RunTerms("/mnt/older", "/mnt/new", "--acls")).ShouldBe(["the source was '/mnt/old' and is '/mnt/older'", "the options was '' and is '--acls'"]);
    }

    private static RunState After(params RunEvent[] events) => RunState.From("music/1", [Begun, .. events]).ShouldNotBeNull();

    private static RunEvent.AttemptStarted Start(int bucket, int attempt = 1) => new(WorkUnit.OfBucket(bucket), attempt, "here", 1, 0);

    private static RunEvent.AttemptEnded End(int bucket, TransferOutcome outcome, int attempt = 1) => new(WorkUnit.OfBucket(bucket), attempt, outcome, new Moved(1, 10, 100), 1);
}
