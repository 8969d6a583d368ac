using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Tasks.Views;
using QSplit.Trees;

namespace QSplit.Tasks.Tests.Views;

public sealed class LivePictureSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);
    private static readonly Plan Plan = new("music", "202611221730", "/mnt/old", Totals.Zero, [], [], new PlanBalance(BalanceBy.Cost, 0, 0, 0), []);
    private static readonly ProgressSnapshot Half = new(500, 1000, 1, 0, 2, null, null, [new(new("dtn1", 1), 2, 1, 0.5, 250, TimeSpan.FromSeconds(15))]) { At = Now };

    [Fact]
    public void A_host_that_is_set_aside_has_a_line_below_the_slots()
    {
        var picture = Drawn(Half with { Hosts = [new("dtn1", 1, 1, null, null, false), new("dtn3", 4, 0, "Connection [refused]", Now.AddSeconds(25), false)] });

        picture.ShouldContain("dtn1/1");
        picture.TrimEnd().Split('\n')[^1].ShouldBe("dtn3 is set aside: Connection [refused]; looked at again in 25 s");
    }

    [Fact]
    public void While_all_hosts_are_well_there_is_nothing_below_the_slots() =>
        Drawn(Half with { Hosts = [new("dtn1", 1, 1, null, null, false)] }).ShouldBe(Drawn(Half));

    private static string Drawn(ProgressSnapshot now)
    {
        var console = new RecordedConsole();
        console.Ansi.Write(LivePicture.Of(Plan, now));
        return console.Text;
    }
}
