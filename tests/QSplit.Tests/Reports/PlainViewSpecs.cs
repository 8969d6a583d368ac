using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Reports;

public sealed class PlainViewSpecs
{
    private readonly ManualTime _time = new();
    private readonly List<string> _lines = [];

    [Fact]
    public void There_is_a_line_for_each_bucket_and_a_summary_every_thirty_seconds_at_most()
    {
        var plan = SmallPlan.Of(600, 400);
        var meter = new ProgressMeter(_time, plan, SmallPlan.Begun(plan));
        using (var display = new PlainView(_time, _lines.Add).Show(plan, meter.Now))
        {
            Tell(SmallPlan.Start(1), SmallPlan.Start(2, slot: 2));
            meter.Moved(1, 150);
            _time.Advance(TimeSpan.FromSeconds(29.9));
            _lines.ShouldBeEmpty();

            _time.Advance(TimeSpan.FromSeconds(0.1));
            Tell(SmallPlan.End(1, new TransferOutcome.Succeeded(0), moved: new Moved(3, 600, 3), seconds: 30));
            _time.Advance(TimeSpan.FromSeconds(60));

            void Tell(params RunEvent[] events)
            {
                foreach (var happened in events)
                {
                    meter.Happened(happened);
                    display.Happened(happened);
                }
            }
        }
        _time.Advance(TimeSpan.FromMinutes(10));

        _lines.ShouldBe(
        [
            "15 % of 1000 B, 0 of 2 buckets, 5 B/s, 2 min 50 s left",
            "bucket 1 of 2: done, 600 B, 3 files, 30 s",
            "60 % of 1000 B, 1 of 2 buckets, 10 B/s, 40 s left",
            "60 % of 1000 B, 1 of 2 buckets, 7 B/s, 53 s left",
        ]);
    }

    [Fact]
    public void A_host_that_is_set_aside_and_one_that_is_back_are_told()
    {
        using var display = new PlainView(_time, _lines.Add).Show(SmallPlan.Of(1), () => throw new InvalidOperationException("not asked"));

        display.Happened(new RunEvent.HostSetAside("dtn3", "Connection refused\nmore"));
        display.Happened(new RunEvent.HostReturned("dtn3"));
        display.Happened(new RunEvent.Resumed("process 1"));

        _lines.ShouldBe(["host dtn3 is set aside: Connection refused", "host dtn3 is back"]);
    }

    [Fact]
    public void What_is_said_is_said_and_nothing_after_the_view_was_closed()
    {
        var view = new PlainView(_time, _lines.Add);
        var display = view.Show(SmallPlan.Of(1), () => throw new InvalidOperationException("asked too late"));
        view.Say("reading /mnt/old");
        display.Dispose();

        display.Happened(SmallPlan.End(1, new TransferOutcome.Succeeded(0)));
        _time.Advance(TimeSpan.FromMinutes(1));

        _lines.ShouldBe(["reading /mnt/old"]);
    }
}
