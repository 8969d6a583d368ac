using QSplit.Fleets;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>Who looks on while nothing runs is told why, and until when. The story begins at 17:30 UTC on 2026-11-22.</summary>
public sealed class IdleReasonSpecs
{
    [Fact]
    public void Outside_of_its_window_a_run_says_when_it_goes_on_by_the_clocks_of_the_window()
    {
        var story = FleetStory.Of(Terms(Host("a")) with { Window = Window("20:00-06:00 Europe/Berlin") }, 10);
        story.Decide();

        Why(story).ShouldBe("outside of its window 20:00-06:00 Europe/Berlin: nothing starts before 2026-11-22 20:00");
        IdleReason.IsNoHostLeft(story.State).ShouldBeFalse("a window that is shut is no standstill");
        story.Later(5400).Decide();
        Why(story).ShouldBeNull();
    }

    [Fact]
    public void Without_any_host_a_run_says_how_long_it_waits_and_says_the_same_until_then()
    {
        var story = FleetStory.Of(Terms(Host("a")), 10, 10);
        story.Decide();
        Why(story).ShouldBeNull();

        story.End(1, new TransferOutcome.HostUnfit("no rsync")).Decide();
        Why(story).ShouldBe("no host is left: it waits for one to come back, until 2026-11-22 17:40:00 UTC");
        IdleReason.IsNoHostLeft(story.State).ShouldBeTrue();
        story.Later(1).Decide();
        Why(story).ShouldBe("no host is left: it waits for one to come back, until 2026-11-22 17:40:00 UTC");
        story.Later(600).Decide();
        Why(story).ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_said_when_all_is_done()
    {
        var story = FleetStory.Of(Terms(Host("a")), 10);
        story.Decide();
        story.End(1, Done).Decide();

        Why(story).ShouldBeNull();
    }

    private static string? Why(FleetStory story) => IdleReason.Why(story.State, story.Now);
}
