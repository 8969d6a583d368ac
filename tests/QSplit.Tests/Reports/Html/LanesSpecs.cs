using System.Collections.Immutable;
using QSplit.Reports;
using QSplit.Reports.Html;
using QSplit.Testing.Reports;

namespace QSplit.Tests.Reports.Html;

/// <summary>Each attempt in the lane of its slot, none over another, and no more bars than a page can hold.</summary>
public sealed class LanesSpecs
{
    private static readonly DateTimeOffset Begin = SampleReport.Began;

    public static TheoryData<bool> WhetherItEnded => [true, false];

    [Theory]
    [MemberData(nameof(WhetherItEnded))]
    public void In_a_lane_no_attempt_lies_over_another(bool hasEnded)
    {
        var document = hasEnded ? SampleReport.Failed() : SampleReport.Running();
        var lanes = Lanes.Of(document.Run!, document.Made).SelectMany(host => host.Slots).ToArray();
        lanes.SelectMany(lane => lane).Select(item => item.Index).Order().ShouldBe(Enumerable.Range(0, document.Run!.Attempts.Length));
        foreach (var lane in lanes)
            foreach (var (one, next) in lane.Zip(lane.Skip(1))) one.End.ShouldBeLessThanOrEqualTo(next.Attempt.Began);
    }

    [Fact]
    public void Hosts_stand_in_the_order_of_their_numbers_with_all_their_slots()
    {
        var hosts = Lanes.Of(Run([Attempt("dtn10", 3, 0, 1)], new("dtn2", 2, null, 0, 0, 0, 0, 0), new("dtn10", 1, null, 1, 0, 0, 0, 0), new("here", 0, null, 0, 0, 0, 0, 0)), Begin);
        hosts.Select(host => $"{host.Name}/{host.Slots.Length}").ShouldBe(["dtn2/2", "dtn10/3", "here/1"]);
    }

    [Fact]
    public void What_has_no_end_lasts_until_the_next_begins_or_until_now_while_it_runs()
    {
        var run = Run([Attempt("a", 1, 0, null, "lost"), Attempt("a", 1, 50, null, "running"), Attempt("b", 1, 10, null, "lost")]);
        var now = Begin.AddSeconds(300);
        Lanes.Of(run, now).SelectMany(host => host.Slots).SelectMany(slot => slot).Select(item => (item.End - Begin).TotalSeconds).ShouldBe([50, 300, 100]);
    }

    [Theory]
    [InlineData(1, 8, 100_000)]
    [InlineData(200, 4, 60_000)]
    [InlineData(1000, 8, 40_000)]
    public void However_many_there_are_the_bars_fit_and_each_attempt_is_in_one(int hosts, int slots, int attempts)
    {
        var each = attempts / (hosts * slots);
        var run = Run([.. Enumerable.Range(0, attempts).Select(i => Attempt($"h{i / each / slots}", 1 + (i / each % slots), 10 * (i % each), (10 * (i % each)) + 9, i % 100 == 50 ? "partial" : "succeeded"))]);
        var lanes = Lanes.Of(run, run.Ended);
        var bars = LaneFolds.Of(lanes, TimeSpan.FromSeconds(10 * each)).SelectMany(host => host).ToArray();
        bars.Length.ShouldBe(hosts * slots);
        bars.Sum(lane => lane.Length).ShouldBeInRange(bars.Length, LaneFolds.Most);
        bars.SelectMany(lane => lane).SelectMany(bar => bar.Attempts).Select(item => item.Index).Order().ShouldBe(Enumerable.Range(0, attempts));
        bars.SelectMany(lane => lane).Where(bar => bar.Attempts.Any(item => item.Attempt.Outcome == "partial")).ShouldAllBe(bar => bar.Kind == "failed");
        foreach (var lane in bars)
            foreach (var (one, next) in lane.Zip(lane.Skip(1))) one.End.ShouldBeLessThanOrEqualTo(next.Begin);
    }

    [Fact]
    public void Where_there_is_room_every_attempt_has_its_bar()
    {
        var document = SampleReport.Failed();
        var bars = LaneFolds.Of(Lanes.Of(document.Run!, document.Made), document.Run!.Ended - document.Run.Began);
        bars.SelectMany(host => host).SelectMany(lane => lane).ShouldAllBe(bar => bar.Attempts.Length == 1);
    }

    private static ReportRun Run(ImmutableArray<ReportAttempt> attempts, params ImmutableArray<ReportHost> hosts) => new(Begin, Begin.AddSeconds(100), 0, 0, 0, 0, hosts, attempts, []);

    private static ReportAttempt Attempt(string host, int slot, double began, double? ended, string outcome = "succeeded") =>
        new("bucket 1", 1, 1, host, slot, Begin.AddSeconds(began), ended is { } end ? Begin.AddSeconds(end) : null, outcome, null, 0, 0);
}
