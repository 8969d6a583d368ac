using QSplit.Reports;
using QSplit.Runs;
using QSplit.Telemetry;
using QSplit.Transfers;

namespace QSplit.Tests.Telemetry;

/// <summary>Given what happened in a run, what is measured of it.</summary>
public sealed class RunMeasuresSpecs : IDisposable
{
    private const string State = "qsplit.bucket.state";
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0), Lost = new TransferOutcome.Transient(12, "connection reset"), Ended = new TransferOutcome.Interrupted();
    private readonly string _migration = $"m{Guid.NewGuid():N}";
    private readonly ManualTime _time = new();
    private readonly Measured _measured;
    private readonly List<IDisposable> _told = [];
    private double? _rate;

    public RunMeasuresSpecs() => _measured = new Measured(_migration);

    [Fact]
    public void Bytes_are_told_as_they_go_and_in_the_end_they_are_the_ones_of_the_store()
    {
        var run = Run(2);
        run.Happened(SmallPlan.Start(1));
        run.Moved(WorkUnit.OfBucket(1), 100);
        _measured.Sum("qsplit.bytes").ShouldBe(100);
        run.Moved(WorkUnit.OfBucket(1), 250);
        _measured.Sum("qsplit.bytes").ShouldBe(250);

        run.Happened(SmallPlan.End(1, Done, moved: new(7, 300, 9)));
        // Heard late: the statistics had it.
        run.Moved(WorkUnit.OfBucket(1), 300);

        _measured.Sum("qsplit.bytes").ShouldBe(300);
        _measured.Sum("qsplit.files").ShouldBe(7);
        _measured.Sum("qsplit.entries.created").ShouldBe(9);
    }

    [Fact]
    public void A_second_rsync_in_an_attempt_is_counted_from_its_own_beginning()
    {
        var run = Run(1);
        run.Happened(new RunEvent.AttemptStarted(WorkUnit.Seal, 1, "here", 1, 0));
        run.Moved(WorkUnit.Seal, 500);
        run.Moved(WorkUnit.Seal, 40);
        run.Happened(new RunEvent.AttemptEnded(WorkUnit.Seal, 1, Done, new(3, 600, 0), 1));

        _measured.Sum("qsplit.bytes", "qsplit.pass", "seal").ShouldBe(600);
    }

    [Fact]
    public void A_counter_never_goes_back_whatever_an_attempt_comes_to()
    {
        var run = Run(1);
        run.Happened(SmallPlan.Start(1));
        run.Moved(WorkUnit.OfBucket(1), 800);
        run.Happened(SmallPlan.End(1, Lost));
        run.Happened(SmallPlan.Start(1, attempt: 2));
        run.Moved(WorkUnit.OfBucket(1), 200);
        run.Happened(SmallPlan.End(1, Done, attempt: 2, moved: new(2, 200, 2)));

        _measured.Of("qsplit.bytes").ShouldAllBe(bytes => bytes > 0);
        _measured.Sum("qsplit.bytes").ShouldBe(1000);
    }

    [Fact]
    public void Buckets_are_told_by_their_state()
    {
        var run = Run(3);
        _measured.By(State, "qsplit.buckets").ShouldBe("left 3");

        run.Happened(SmallPlan.Start(1));
        run.Happened(SmallPlan.Start(2));
        _measured.By(State, "qsplit.buckets").ShouldBe("left 1, running 2");

        run.Happened(SmallPlan.End(1, Done));
        run.Happened(SmallPlan.End(2, Lost));
        _measured.By(State, "qsplit.buckets").ShouldBe("done 1, failed 1, left 1");

        run.Happened(SmallPlan.Start(2, attempt: 2));
        run.Happened(SmallPlan.End(2, Done, attempt: 2));
        run.Happened(SmallPlan.Start(3));
        run.Happened(SmallPlan.End(3, Ended));
        run.Dispose();
        _measured.By(State, "qsplit.buckets").ShouldBe("done 2, left 1");
    }

    [Fact]
    public void A_run_that_is_taken_up_again_begins_where_it_stood()
    {
        Run(3, SmallPlan.Start(1), SmallPlan.End(1, Done), SmallPlan.Start(2), SmallPlan.End(2, Lost));

        _measured.By(State, "qsplit.buckets").ShouldBe("done 1, failed 1, left 1");
        _measured.Sum("qsplit.bytes").ShouldBe(0);
    }

    [Fact]
    public void Attempts_are_told_by_outcome_and_a_retry_is_one_after_a_failure()
    {
        var run = Run(2);
        foreach (var (attempt, outcome) in ((int, TransferOutcome)[])[(1, Lost), (2, new TransferOutcome.Partial([], false)), (3, Done)])
        {
            run.Happened(SmallPlan.Start(1, attempt));
            run.Happened(SmallPlan.End(1, outcome, attempt, seconds: 4));
        }
        run.Happened(SmallPlan.Start(2));
        run.Happened(SmallPlan.End(2, Ended, seconds: 2));
        run.Happened(SmallPlan.Start(2, attempt: 2));

        _measured.By("qsplit.outcome", "qsplit.attempts").ShouldBe("interrupted 1, partial 1, succeeded 1, transient 1");
        _measured.By("qsplit.outcome", "qsplit.attempt.duration").ShouldBe("interrupted 2, partial 4, succeeded 4, transient 4");
        _measured.Sum("qsplit.retries").ShouldBe(2);
    }

    [Fact]
    public void Hosts_are_told_by_their_state_and_their_slots_by_name()
    {
        var run = Run(2);
        run.FleetIs([new("a", 4, 0, null, null, false), new("b", 2, 0, "Connection refused", null, false), new("c", 8, 0, null, null, true)]);
        run.Happened(new RunEvent.AttemptStarted(WorkUnit.OfBucket(1), 1, "a", 1, 0));
        _measured.By("qsplit.host.state", "qsplit.hosts").ShouldBe("drained 1, set_aside 1, well 1");
        _measured.By("qsplit.host", "qsplit.host.slots.usable").ShouldBe("a 4");
        _measured.By("qsplit.host", "qsplit.host.slots.busy").ShouldBe("a 1");

        // Host c was taken out of the manifest, b is back.
        run.FleetIs([new("a", 4, 1, null, null, false), new("b", 2, 0, null, null, false)]);
        _measured.By("qsplit.host.state", "qsplit.hosts").ShouldBe("well 2");
        _measured.By("qsplit.host", "qsplit.host.slots.usable").ShouldBe("a 4, b 2");

        run.Happened(SmallPlan.End(1, Done));
        run.Dispose();
        foreach (var instrument in (string[])["qsplit.hosts", "qsplit.host.slots.usable", "qsplit.host.slots.busy"]) _measured.By("qsplit.host", instrument).ShouldBe("", instrument);
    }

    [Fact]
    public void The_rate_is_told_every_two_seconds_and_is_nothing_once_the_session_is_over()
    {
        var run = Run(1);
        _rate = 1500;
        _time.Advance(TimeSpan.FromSeconds(2));
        _rate = 900;
        _time.Advance(TimeSpan.FromSeconds(2));
        run.Dispose();

        _measured.Of("qsplit.rate").ShouldBe([1500, 900, 0]);
    }

    [Fact]
    public void A_dry_run_moves_nothing()
    {
        var run = Run(1, RunMode.DryRun);
        run.Happened(SmallPlan.Start(1));
        run.Moved(WorkUnit.OfBucket(1), 100);
        run.Happened(SmallPlan.End(1, Done, moved: new(7, 300, 9)));

        _measured.All.ShouldNotContain(m => m.Instrument == "qsplit.bytes" || m.Instrument == "qsplit.files" || m.Instrument == "qsplit.entries.created");
        _measured.Sum("qsplit.attempts").ShouldBe(1);
    }

    [Fact]
    public void Neither_buckets_nor_paths_tell_series_apart()
    {
        var run = Run(2);
        run.FleetIs([new("here", 4, 0, null, null, false)]);
        run.Happened(SmallPlan.Start(1));
        run.Happened(SmallPlan.End(1, new TransferOutcome.Partial([new("./reel/take", "Permission denied (13)")], true), moved: new(1, 1, 1)));
        run.Happened(SmallPlan.Start(1, attempt: 2));
        run.Dispose();

        _measured.All.SelectMany(m => m.Tags.Keys).Distinct().ShouldBe(
            ["qsplit.migration", "qsplit.run", "qsplit.bucket.state", "qsplit.host.state", "qsplit.host", "qsplit.pass", "qsplit.outcome"], ignoreOrder: true);
    }

    public void Dispose()
    {
        _told.ForEach(run => run.Dispose());
        _measured.Dispose();
    }

    private RunTelemetry Run(int buckets, params IEnumerable<RunEvent> before) => Run(buckets, RunMode.Copy, before);

    private RunTelemetry Run(int buckets, RunMode mode, params IEnumerable<RunEvent> before)
    {
        var plan = SmallPlan.Of([.. Enumerable.Repeat(1000L, buckets)]);
        var begun = RunState.Begin($"{_migration}/1", new RunEvent.Started(_migration, $"{_migration}/1", new RunTerms("/mnt/old", "/mnt/new", ""), buckets, Mode: mode));
        var telemetry = new RunTelemetry(
            _time, plan, before.Aggregate(begun, (run, e) => run.After(e)), () => new ProgressSnapshot(0, 0, 0, 0, buckets, _rate, null, []));
        _told.Add(telemetry);
        return telemetry;
    }
}
