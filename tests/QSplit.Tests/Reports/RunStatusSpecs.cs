using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Reports;

/// <summary>What someone sees who looks on from another terminal.</summary>
public sealed class RunStatusSpecs
{
    private const string Command = "./build.sh --target=Migrate --migration=music";
    private const string Controller = "process 1 on dtn0, since 2026-11-22 17:00:00 UTC";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);
    private static readonly TransferOutcome Refused = new TransferOutcome.Transient(255, "Connection refused");
    private readonly Plan _plan = SmallPlan.Of(600, 300, 100);

    [Fact]
    public void A_run_that_goes_on_says_what_runs_where_how_fast_and_what_failed()
    {
        var status = Status(
            Said(2),
            SmallPlan.Start(1), SmallPlan.Start(2, slot: 2), SmallPlan.Start(3, slot: 3), SmallPlan.End(1, Done), SmallPlan.End(3, Refused), SmallPlan.End(2, Refused), SmallPlan.Start(2, attempt: 2));

        (status.State, status.Words, status.Controller).ShouldBe((RunStanding.Running, $"running, by {Controller}", Controller));
        status.Buckets.ShouldBe(new(3, 1, 1, 1, 2));
        (status.BytesDone, status.BytesTotal, status.BytesPerSecond, status.SecondsLeft).ShouldBe((750, 1000, 10, 25));
        status.Rows.ShouldBe([new("here", 1, 2, 2, 0.5, 150, 15)]);
        status.Hosts.ShouldBe(Progress.Hosts);
        status.Failures.ShouldBe([new("bucket 3", 3, 1, "Connection refused", "/runs/music/1/logs/3.1.log")], "bucket 2 is tried again");
        status.Next.ShouldBeNull();
    }

    [Fact]
    public void What_happened_since_the_controller_said_something_counts()
    {
        var status = Status(Said(2), SmallPlan.Start(2, attempt: 2), SmallPlan.End(2, Done, attempt: 2), SmallPlan.Start(3, slot: 2), SmallPlan.Start(1));

        status.Rows.ShouldBe([new("here", 1, 1, 1, 0, 0, 0), new("here", 2, 3, 1, 0, 0, 0)]);
        (status.BytesDone, status.Buckets).ShouldBe((300, new(3, 1, 2, 0, 2)));
    }

    [Fact]
    public void It_is_told_in_a_block_of_lines()
    {
        var status = Status(Said(2), SmallPlan.End(1, Done), SmallPlan.Start(2, attempt: 2), SmallPlan.End(3, Refused));

        StatusText.Lines(status).ShouldBe(
        [
            $"music, run music/202611221730: running, by {Controller}",
            "  75 % of 1000 B, 1 of 3 buckets, 1 running, 1 failed, 10 B/s, 25 s left",
            "  here/1  bucket 2 (attempt 2)  50 %  150 B  15 s",
            "  dtn3 is set aside: Connection refused; looked at again in 25 s",
            "  bucket 3: Connection refused. Log: /runs/music/1/logs/3.0.log",
        ]);
    }

    [Fact]
    public void A_migration_without_a_run_says_how_to_begin() =>
        StatusText.Lines(StatusOf.Nothing("music", Command, Now)).ShouldBe(["music: no run yet", $"  To begin: {Command}"]);

    [Fact]
    public void A_run_that_was_interrupted_says_so_and_how_to_go_on()
    {
        var lines = StatusText.Lines(Status(null, SmallPlan.End(1, Done), SmallPlan.Start(2), SmallPlan.End(2, new TransferOutcome.Interrupted()), new RunEvent.Stopped("interrupted")));

        lines.ShouldBe(["music, run music/202611221730: stopped: interrupted", "  60 % of 1000 B, 1 of 3 buckets", $"  To go on: {Command}"]);
    }

    [Fact]
    public void A_controller_that_died_is_named_with_when_it_was_last_heard_of()
    {
        var status = Status(Said(200), SmallPlan.Start(1));

        (status.State, status.Words).ShouldBe((RunStanding.Stopped, $"stopped: its controller ({Controller}) died; it was last heard of 3 min 20 s ago"));
        (status.Controller, status.Heard).ShouldBe((Controller, Now.AddSeconds(-200)));
        status.Rows.ShouldBeEmpty("nobody knows of them");
        status.Hosts.ShouldBeEmpty();
        (status.BytesDone, status.BytesPerSecond, status.SecondsLeft).ShouldBe((0, null, null));
        status.Buckets.ShouldBe(new(3, 0, 0, 0, 3));
        Status(null, SmallPlan.Start(1)).Words.ShouldBe("stopped: its controller died");
    }

    [Fact]
    public void A_run_that_ended_with_failures_names_each_with_its_log()
    {
        var status = Status(
            null,
            SmallPlan.End(1, Done),
            SmallPlan.Start(2, attempt: 3),
            SmallPlan.End(2, new TransferOutcome.Partial([new("./a", "Permission denied (13)")], true), attempt: 3),
            SmallPlan.End(3, Done),
            new RunEvent.AttemptEnded(WorkUnit.Seal, 1, Refused, default, 1));

        (status.State, status.Words).ShouldBe((RunStanding.Stopped, "stopped: it ended with something left"));
        status.Failures.ShouldBe(
        [
            new("bucket 2", 2, 3, "1 entry could not be copied (1 unknown), first ./a (Permission denied (13))", "/runs/music/1/logs/2.3.log"),
            new("seal", null, 0, "Connection refused", "/runs/music/1/logs/seal.0.log"),
        ]);
        status.Buckets.ShouldBe(new(3, 2, 0, 1, 1));
    }

    [Fact]
    public void A_run_that_is_finished_has_nothing_left()
    {
        var status = Status(Said(2), SmallPlan.End(1, Done), SmallPlan.End(2, Done), SmallPlan.End(3, Done), new RunEvent.Finished());

        StatusText.Lines(status).ShouldBe(["music, run music/202611221730: finished", "  100 % of 1000 B, 3 of 3 buckets", "  All is done."]);
        (status.Controller, status.Heard).ShouldBe((null, null));
    }

    [Fact]
    public void A_run_whose_place_a_newer_one_took_cannot_be_gone_on_with() =>
        StatusOf.Run("music", SmallPlan.After(_plan, new RunEvent.Stopped("interrupted")), _plan, null, "/runs/music/1", null, Now).Next.ShouldBe("A newer run took its place.");

    [Fact]
    public void Without_its_plan_a_run_still_counts_its_buckets()
    {
        var status = StatusOf.Run("music", SmallPlan.After(_plan, SmallPlan.End(1, Done), new RunEvent.Stopped("interrupted")), null, null, "/runs/music/1", Command, Now);

        (status.BytesDone, status.BytesTotal).ShouldBe((null, null));
        StatusText.Lines(status)[1].ShouldBe("  the plan cannot be read, 1 of 3 buckets");
    }

    [Fact]
    public void However_much_failed_the_block_is_short()
    {
        var plan = SmallPlan.Of([.. Enumerable.Repeat(1L, 100)]);
        var run = SmallPlan.After(plan, Enumerable.Range(1, 100).Select(n => SmallPlan.End(n, Refused)));

        var lines = StatusText.Lines(StatusOf.Run("music", run, plan, null, "/runs/music/1", Command, Now));

        lines.Length.ShouldBe(44);
        lines[^2].ShouldBe("  and 60 more: --json has them all");
    }

    [Fact]
    public void All_is_well_while_a_controller_works_and_when_nothing_is_left()
    {
        RunEvent[] done = [SmallPlan.End(1, Done), SmallPlan.End(2, Done), SmallPlan.End(3, Done)];
        var exceptions = new TransferOutcome.Partial([new("./a", "Permission denied (13)")], true);

        Status(Said(2), SmallPlan.Start(1), SmallPlan.End(2, Refused)).IsWell.ShouldBe(true);
        Status(null, [.. done, new RunEvent.Finished()]).IsWell.ShouldBe(true);
        Status(null, [.. done, SmallPlan.End(3, exceptions), new RunEvent.Finished()]).IsWell.ShouldBe(false);
        Status(null, SmallPlan.End(1, Done), new RunEvent.Stopped("interrupted")).IsWell.ShouldBe(false);
        Status(Said(200), SmallPlan.Start(1)).IsWell.ShouldBe(false);
        StatusOf.Nothing("music", Command, Now).IsWell.ShouldBeNull();
    }

    [Fact]
    public void A_controller_whose_lock_is_free_died_however_lately_it_reported()
    {
        var status = Status(Said(1) with { IsAlive = false }, SmallPlan.Start(1));

        (status.State, status.IsWell).ShouldBe((RunStanding.Stopped, false));
        status.Words.ShouldBe($"stopped: its controller ({Controller}) died; it was last heard of 1.0 s ago");
        status.Next.ShouldBe($"To go on: {Command}");
    }

    [Fact]
    public void A_controller_that_lives_and_reports_nothing_is_not_said_to_be_dead()
    {
        var status = Status(Said(40) with { IsAlive = true }, SmallPlan.Start(2, attempt: 2));

        (status.State, status.IsWell).ShouldBe((RunStanding.Running, false));
        status.Words.ShouldBe($"its controller ({Controller}) lives, but has reported nothing for 40 s: it is suspended, or its disk is full");
        status.Next.ShouldBe($"Let it continue (kill -CONT), or end it. Then, to go on: {Command}");
    }

    [Fact]
    public void While_a_controller_plans_or_prepares_a_run_the_status_names_it()
    {
        var stopped = StatusOf.Busy(Status(null, new RunEvent.Stopped("interrupted")), "process 2");

        (stopped.Words, stopped.Next, stopped.IsWell).ShouldBe(("stopped: interrupted; process 2 works on the migration now", null, true));
        StatusOf.Nothing("music", Command, Now, "process 2").ShouldSatisfyAllConditions(
            s => s.Words.ShouldBe("no run yet; process 2 works on the migration now"), s => s.IsWell.ShouldBe(true));
    }

    private static ProgressSnapshot Progress { get; } = new(750, 1000, 1, 1, 3, 10, TimeSpan.FromSeconds(25), [new(new("here", 1), 2, 2, 0.5, 150, TimeSpan.FromSeconds(15))])
    {
        Hosts = [new("here", 2, 1, null, null, false), new("dtn3", 4, 0, "Connection refused", Now.AddSeconds(25), false)],
    };

    private static ProgressReport Said(int secondsAgo) => new(Now.AddSeconds(-secondsAgo), Controller, Progress);

    private RunStatus Status(ProgressReport? said, params RunEvent[] events) => StatusOf.Run("music", SmallPlan.After(_plan, events), _plan, said, "/runs/music/1", Command, Now);
}
