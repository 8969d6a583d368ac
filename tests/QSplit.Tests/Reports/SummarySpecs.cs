using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Reports;

/// <summary>The end of a run, on a console.</summary>
public sealed class SummarySpecs
{
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);
    private readonly Plan _plan = SmallPlan.Of(600, 400);

    [Fact]
    public void A_finished_run_ends_with_a_table_and_where_everything_is() =>
        SummaryText.Lines(Summary(SmallPlan.Start(1), SmallPlan.End(1, Done, seconds: 4), SmallPlan.Start(2), SmallPlan.End(2, Done, seconds: 2), new RunEvent.Finished())).ShouldBe(
        [
            "  Migration  music",
            "  Buckets    2 of 2 done",
            "  Planned    1000 B, 20 entries",
            "  Moved      1000 B, 5 files; 7 entries new on the target",
            "  Time       10 s",
            "  Rate       100 B/s",
            "  Balance    nothing to balance; longest bucket 4.0 s, mean 3.0 s",
            "music: All is done.",
            "  source: /mnt/old",
            "  target: /mnt/new",
            "  report: /runs/music/1/report.html",
        ]);

    [Fact]
    public void A_run_that_was_finished_before_says_so_without_a_table() =>
        SummaryText.Lines(Summary(SmallPlan.End(1, Done), SmallPlan.End(2, Done), new RunEvent.Finished()) with { WasFinished = true })[0]
            .ShouldBe("music: All is done already. To copy what changed since: ./build.sh --target=Sync");

    [Fact]
    public void What_is_left_is_named_with_the_reason_its_log_and_how_to_go_on()
    {
        var lines = SummaryText.AfterTable(Summary(SmallPlan.Start(1), SmallPlan.End(1, new TransferOutcome.Partial([new("./tree-1/a", "Permission denied (13)")], true))));

        lines[..3].ShouldBe(
        [
            "bucket 1: 1 entry could not be copied (1 unknown), first ./tree-1/a (Permission denied (13)). Log: /runs/music/1/logs/1.1.log",
            "1 bucket not begun",
            "music: 1 bucket of 400 B is left. To go on: ./build.sh --target=Migrate",
        ]);
    }

    [Fact]
    public void A_full_target_is_why_the_run_stopped() =>
        SummaryText.AfterTable(Summary(SmallPlan.End(1, new TransferOutcome.NoSpace("No space left")), new RunEvent.Stopped("the target is full: No space left")))
            .ShouldContain("music: The run stopped: the target is full: No space left. 2 buckets of 1000 B are left. Make room on the target first. To go on: ./build.sh --target=Migrate");

    [Fact]
    public void However_much_is_left_the_end_is_short()
    {
        var plan = SmallPlan.Of([.. Enumerable.Repeat(1L, 100)]);
        var failed = SmallPlan.After(plan, Enumerable.Range(1, 60).Select(n => SmallPlan.End(n, new TransferOutcome.Transient(12, "the pipe broke"))));

        var lines = SummaryText.AfterTable(Summary() with { Plan = plan, Run = failed });

        lines.Length.ShouldBe(26);
        lines[20].ShouldBe("and 40 more: see the report");
        lines[21].ShouldBe("40 buckets not begun");
    }

    [Fact]
    public void A_seal_that_failed_is_left_too() =>
        Summary(SmallPlan.End(1, Done), SmallPlan.End(2, Done), new RunEvent.AttemptEnded(WorkUnit.Seal, 1, new TransferOutcome.Transient(11, "error in file I/O"), default, 1)).Left
            .ShouldHaveSingleItem().Work.ShouldBe("seal");

    private RunSummary Summary(params RunEvent[] events) => new(
        _plan, SmallPlan.After(_plan, events), new Moved(5, 1000, 7), TimeSpan.FromSeconds(10), false, "/mnt/old", "/mnt/new", "/runs/music/1", "./build.sh --target=Migrate");
}
