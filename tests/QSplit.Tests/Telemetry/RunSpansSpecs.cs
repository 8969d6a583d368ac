using System.Diagnostics;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Telemetry;
using QSplit.Transfers;

namespace QSplit.Tests.Telemetry;

/// <summary>Given what happened in a run, what its spans say of it.</summary>
public sealed class RunSpansSpecs : IDisposable
{
    private static readonly TransferOutcome Lost = new TransferOutcome.Transient(255, "the connection was lost.\nBroken pipe");
    private readonly HeardSpans _heard = new();

    [Fact]
    public void A_lost_connection_is_an_event_of_its_attempt()
    {
        var spans = SpansOf(SmallPlan.Start(1), SmallPlan.End(1, Lost) with { Lost = true });

        var attempt = spans.Where(span => span.OperationName == "Attempt").ShouldHaveSingleItem();
        attempt.Events.Select(e => e.Name).ShouldBe(["qsplit.connection.lost"]);
        attempt.StatusDescription.ShouldBe("the connection was lost.");
    }

    [Fact]
    public void A_bucket_that_is_given_up_ends_with_its_last_attempt_and_says_why()
    {
        var spans = SpansOf(SmallPlan.Start(1), SmallPlan.End(1, Lost), SmallPlan.Start(1, attempt: 2), SmallPlan.End(1, new TransferOutcome.Partial([], false), attempt: 2));

        var bucket = spans.Where(span => span.OperationName == "Bucket").ShouldHaveSingleItem();
        bucket.StatusDescription.ShouldBe("rsync exited 23 (partial transfer)");
        var last = spans.Last(span => span.OperationName == "Attempt");
        (bucket.StartTimeUtc + bucket.Duration - (last.StartTimeUtc + last.Duration)).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        bucket.Events.Select(e => e.Name).ShouldBe(["qsplit.retry"]);
    }

    [Fact]
    public void What_is_still_under_way_when_the_session_ends_is_not_left_open()
    {
        var spans = SpansOf(SmallPlan.Start(1));

        spans.Where(span => span.OperationName is "Attempt" or "Bucket").Select(span => span.StatusDescription).ShouldBe(["its end is not known", "its end is not known"]);
    }

    [Fact]
    public void What_happens_to_hosts_and_why_a_run_stops_is_said_by_the_span_of_the_run()
    {
        var spans = SpansOf(new RunEvent.HostSetAside("dtn1", "Connection refused"), new RunEvent.HostReturned("dtn1"), new RunEvent.Stopped("the target is full"));

        var run = spans.Where(span => span.OperationName == "Run").ShouldHaveSingleItem();
        run.Events.Select(e => (e.Name, e.Tags.ToDictionary()["qsplit.host"])).ShouldBe([("qsplit.host.set_aside", "dtn1"), ("qsplit.host.returned", "dtn1")]);
        run.StatusDescription.ShouldBe("the target is full");
    }

    [Fact]
    public void A_run_with_something_left_is_no_success()
    {
        SpansOf().Where(span => span.OperationName == "Run").ShouldHaveSingleItem().StatusDescription.ShouldBe("1 of 1 buckets are left");
    }

    [Fact]
    public void Where_work_begins_and_ends_another_span_stays_the_current_one()
    {
        using var around = _heard.Begin();
        using var telemetry = Telemetry();

        telemetry.Happened(SmallPlan.Start(1));
        Activity.Current.ShouldBe(around);
        telemetry.Happened(SmallPlan.End(1, Lost));
        Activity.Current.ShouldBe(around);
        telemetry.Dispose();
        Activity.Current.ShouldBe(around);
    }

    public void Dispose() => _heard.Dispose();

    private IReadOnlyList<Activity> SpansOf(params IEnumerable<RunEvent> events)
    {
        using var root = _heard.Begin();
        using (QSplit.Pipes.Spans.Source.StartActivity(RunSpan.Name))
        {
            using var telemetry = Telemetry();
            foreach (var happened in events) telemetry.Happened(happened);
        }
        return _heard.Below(root);
    }

    private static RunTelemetry Telemetry()
    {
        var plan = SmallPlan.Of(1);
        return new RunTelemetry(TimeProvider.System, plan, SmallPlan.Begun(plan), () => new ProgressSnapshot(0, 0, 0, 0, 1, null, null, []));
    }
}
