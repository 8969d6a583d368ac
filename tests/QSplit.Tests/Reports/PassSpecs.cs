using QSplit.Reports;
using QSplit.Reports.Building;
using QSplit.Runs;
using static QSplit.Tests.Reports.ReportStory;

namespace QSplit.Tests.Reports;

/// <summary>How long passes took, and what that tells of the next.</summary>
public sealed class PassSpecs
{
    private static readonly RunTerms Terms = new("/mnt/old", "/mnt/new", "");

    [Fact]
    public void A_pass_takes_as_long_as_somebody_was_at_work()
    {
        var pass = ReportedPasses.Of("music/1", [At(0, Began()), At(10, new RunEvent.Stopped("interrupted")), At(5000, new RunEvent.Resumed("me")), At(5020, new RunEvent.Finished())], Terms)!;

        (pass.Seconds, pass.Began, pass.Run).ShouldBe((30, Begin, "music/1"));
    }

    [Fact]
    public void What_is_not_finished_or_was_between_other_trees_is_no_pass()
    {
        ReportedPasses.Of("music/1", [At(0, Began())], Terms).ShouldBeNull();
        ReportedPasses.Of("music/1", [At(0, Began()), At(1, new RunEvent.Finished())], Terms with { Target = "/mnt/other" }).ShouldBeNull();
    }

    // The second took 100 s, the third, a day later, 160 s: 60 s a day for what changes.
    [Theory]
    [InlineData(0, 100)]
    [InlineData(12, 130)]
    [InlineData(48, 220)]
    public void The_next_pass_takes_as_long_as_looking_and_what_changed_since(double hours, double seconds)
    {
        ReportPass[] passes = [Pass(-48, 50_000), Pass(-24, 100), Pass(0, 160)];

        ReportedPasses.NextSeconds([.. passes], Begin.AddHours(hours))!.Value.ShouldBe(seconds, 0.001);
    }

    [Fact]
    public void A_baseline_alone_tells_nothing()
    {
        ReportedPasses.NextSeconds([Pass(0, 50_000)], Begin).ShouldBeNull();
        ReportedPasses.NextSeconds([Pass(-1, 50_000), Pass(0, 90)], Begin.AddHours(5)).ShouldBe(90);
    }

    private static ReportPass Pass(double hours, double seconds) => new("music/1", Begin.AddHours(hours), seconds, 0, 0, 0, 0);

    private static RunEvent.Started Began() => new("music", "music/1", Terms, 1);

    private static TimedEvent At(double seconds, RunEvent happened) => new(Begin.AddSeconds(seconds), happened);
}
