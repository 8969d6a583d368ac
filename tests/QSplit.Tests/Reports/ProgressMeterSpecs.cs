using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Reports;

public sealed class ProgressMeterSpecs
{
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);
    private readonly ManualTime _time = new();
    private readonly Plan _plan = SmallPlan.Of(600, 300, 100);

    [Fact]
    public void The_whole_is_known_from_the_start()
    {
        var now = Meter().Now();

        now.ShouldSatisfyAllConditions(
            n => n.Fraction.ShouldBe(0), n => n.Total.ShouldBe(1000), n => n.Buckets.ShouldBe(3), n => n.BytesPerSecond.ShouldBeNull(), n => n.Left.ShouldBeNull(), n => n.Rows.ShouldBeEmpty());
    }

    [Fact]
    public void A_bucket_counts_by_its_share_while_it_runs_and_whole_when_it_is_done()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1, slot: 2));
        meter.Happened(SmallPlan.Start(2, slot: 1));
        meter.Moved(1, 150);
        _time.Advance(TimeSpan.FromSeconds(10));

        meter.Now().Done.ShouldBe(150);
        meter.Now().Rows.ShouldBe([new(new("here", 1), 2, 1, 0, 0, TimeSpan.FromSeconds(10)), new(new("here", 2), 1, 1, 0.25, 150, TimeSpan.FromSeconds(10))]);

        meter.Happened(SmallPlan.End(1, Done));
        meter.Now().ShouldSatisfyAllConditions(n => n.Done.ShouldBe(600), n => n.Fraction.ShouldBe(0.6), n => n.BucketsDone.ShouldBe(1), n => n.Rows.Length.ShouldBe(1));
    }

    [Fact]
    public void Rate_and_time_left_are_there_the_first_time_that_I_look()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1));
        meter.Moved(1, 300);
        _time.Advance(TimeSpan.FromSeconds(30));

        meter.Now().ShouldSatisfyAllConditions(n => n.BytesPerSecond.ShouldBe(10), n => n.Left.ShouldBe(TimeSpan.FromSeconds(70)));
    }

    [Fact]
    public void The_rate_is_that_of_the_last_minute()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1));
        for (var second = 1; second <= 200; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            meter.Moved(1, second <= 100 ? second : 100 + ((second - 100) * 2));
            meter.Now();
        }

        meter.Now().BytesPerSecond!.Value.ShouldBe(2, 0.05);
    }

    [Fact]
    public void Without_any_progress_there_is_no_telling_how_long()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1));
        _time.Advance(TimeSpan.FromSeconds(30));

        meter.Now().ShouldSatisfyAllConditions(n => n.BytesPerSecond.ShouldBe(0), n => n.Left.ShouldBeNull());
    }

    [Fact]
    public void A_run_that_goes_on_counts_what_was_done_before_but_not_in_its_rate()
    {
        var meter = Meter(SmallPlan.Start(1), SmallPlan.End(1, Done), new RunEvent.Resumed("another"));
        meter.Happened(SmallPlan.Start(2));
        meter.Moved(2, 100);
        _time.Advance(TimeSpan.FromSeconds(10));

        meter.Now().ShouldSatisfyAllConditions(n => n.Done.ShouldBe(700), n => n.BucketsDone.ShouldBe(1), n => n.BytesPerSecond.ShouldBe(10), n => n.Left.ShouldBe(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_bucket_that_failed_counts_for_nothing_until_it_runs_again()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1));
        meter.Moved(1, 600);
        meter.Happened(SmallPlan.End(1, new TransferOutcome.Transient(255, "ssh failed")));
        meter.Now().ShouldSatisfyAllConditions(n => n.Done.ShouldBe(0), n => n.BucketsFailed.ShouldBe(1), n => n.BytesPerSecond.ShouldBeNull());

        meter.Happened(SmallPlan.Start(1, attempt: 2));
        meter.Now().ShouldSatisfyAllConditions(n => n.BucketsFailed.ShouldBe(0), n => n.Rows.ShouldHaveSingleItem().Attempt.ShouldBe(2));
    }

    [Fact]
    public void More_than_was_planned_is_no_more_than_all()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1));
        meter.Moved(1, 9000);

        meter.Now().ShouldSatisfyAllConditions(n => n.Done.ShouldBe(600), n => n.Rows[0].Fraction.ShouldBe(1));
    }

    [Fact]
    public void A_word_that_comes_late_changes_nothing()
    {
        var meter = Meter();
        meter.Moved(1, 100);
        meter.Moved(0, 100);

        meter.Now().Done.ShouldBe(0);
    }

    [Fact]
    public void A_sparse_bucket_counts_what_is_allocated()
    {
        var plan = _plan with { Buckets = [_plan.Buckets[0] with { Totals = new Totals(100, 1000, 1) }] };
        var meter = new ProgressMeter(_time, plan, SmallPlan.Begun(plan));
        meter.Happened(SmallPlan.Start(1));
        meter.Moved(1, 500);

        meter.Now().ShouldSatisfyAllConditions(n => n.Total.ShouldBe(100), n => n.Done.ShouldBe(50));
    }

    [Fact]
    public void A_plan_without_bytes_counts_its_buckets()
    {
        var empty = SmallPlan.Of(0, 0);
        var meter = new ProgressMeter(_time, empty, SmallPlan.After(empty, SmallPlan.End(1, Done)));

        meter.Now().Fraction.ShouldBe(0.5);
        new ProgressMeter(_time, SmallPlan.Of(), SmallPlan.Begun(SmallPlan.Of())).Now().Fraction.ShouldBe(1);
    }

    [Fact]
    public void What_the_hosts_do_is_what_was_told_last_and_how_many_buckets_run_on_them()
    {
        var meter = Meter();
        meter.Now().Hosts.ShouldBeEmpty();
        meter.FleetIs([new("dtn3", 4, 0, null, null, false)], null);
        meter.FleetIs([new("here", 2, 0, null, null, true), new("dtn3", 4, 0, "Connection refused", _time.GetUtcNow(), false)], "no host is left");
        meter.Happened(SmallPlan.Start(1, slot: 2));

        var now = meter.Now();

        now.Hosts.ShouldBe([new("here", 2, 1, null, null, true), new("dtn3", 4, 0, "Connection refused", _time.GetUtcNow(), false)]);
        now.Standstill.ShouldBe("no host is left");
        ProgressText.Summary(now).ShouldEndWith(", 1 host set aside, no host is left");
        now.At.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public void Rows_are_in_the_order_of_hosts_and_slots()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1, slot: 2) with { Host = "b" });
        meter.Happened(SmallPlan.Start(2, slot: 1) with { Host = "b" });
        meter.Happened(SmallPlan.Start(3, slot: 3) with { Host = "a" });

        meter.Now().Rows.Select(row => row.Slot.ToString()).ShouldBe(["a/3", "b/1", "b/2"]);
    }

    [Fact]
    public void Many_threads_may_tell_and_ask_at_once()
    {
        var meter = Meter();
        meter.Happened(SmallPlan.Start(1));

        Parallel.For(0, 10_000, i =>
        {
            meter.Moved(1, i % 600);
            meter.Now().Done.ShouldBeInRange(0, 1000);
            if (i % 100 == 0) meter.Happened(SmallPlan.Start(2, attempt: i));
        });
    }

    private ProgressMeter Meter(params RunEvent[] before) => new(_time, _plan, SmallPlan.After(_plan, before));
}
