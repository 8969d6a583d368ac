using QSplit.Fleets;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>When no host is left, the run waits, but not for ever.</summary>
public sealed class PatienceSpecs
{
    private static readonly TransferOutcome Unfit = new TransferOutcome.HostUnfit("no rsync");

    [Fact]
    public void When_no_host_is_left_for_so_long_the_run_halts_and_says_why()
    {
        var story = Start(Terms(Host("a"), Host("b", drains: true)), [("a", "Connection refused")]);
        var probes = 0;
        for (story.Decide(); story.State.Halt is null; story.Decide())
        {
            story.Now.ShouldBeLessThan(Begun.AddMinutes(10));
            if (story.Decisions.Any(d => d is Decision.ProbeHost))
            {
                probes++;
                story.Probed("a", "Connection timed out").Decide();
            }
            story.Later((story.Decisions.OfType<Decision.Pause>().Single().Until - story.Now).TotalSeconds);
        }

        story.Now.ShouldBe(Begun.AddMinutes(10));
        probes.ShouldBe(8);
        story.State.Halt.ShouldBe("no host is left: a: Connection timed out; b: drains; waited 10 min");
        story.State.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void Without_patience_it_halts_at_once()
    {
        var story = Start(Terms(Host("a")) with { Patience = TimeSpan.Zero }, [("a", "Connection refused")]);

        story.Decide().ShouldBe(["a is set aside: Connection refused"]);
        story.State.Halt.ShouldBe("no host is left: a: Connection refused");
    }

    [Fact]
    public void A_host_that_is_well_again_gives_it_all_its_patience_back()
    {
        var story = Start(Terms(Host("a")) with { Patience = TimeSpan.FromSeconds(30) }, [("a", "down")]);
        story.Decide();
        story.Later(25).Decide().ShouldBe(["probe a", "ask in 5 s"]);
        story.Probed("a").Decide().ShouldBe(["bucket 3 on a/1"]);
        story.Later(1000).End(3, Done).Decide().ShouldBe(["a is back", "bucket 1 on a/1"]);

        story.End(1, Unfit).Decide().ShouldBe(["a is set aside: no rsync", "ask in 5 s"]);
        story.State.Waited.OverAt(TimeSpan.FromSeconds(30)).ShouldBe(story.Now.AddSeconds(30));
    }

    [Fact]
    public void A_host_that_always_passes_its_probe_and_fails_its_trial_does_not_keep_the_run_up_for_ever()
    {
        var story = Start(Terms(Host("a")), [("a", "down")]);
        var waited = 0.0;
        for (story.Decide(); story.State.Halt is null; story.Decide())
        {
            foreach (var probe in story.Decisions.OfType<Decision.ProbeHost>()) story.Probed(probe.Host);
            foreach (var start in story.Decisions.OfType<Decision.StartAttempt>()) story.Later(100).End(start.Work, Unfit);
            if (story.Decisions is not [Decision.Pause pause] && story.Decisions is not [Decision.Tell, Decision.Pause]) continue;
            var next = ((Decision.Pause)story.Decisions[^1]).Until - story.Now;
            waited += next.TotalSeconds;
            story.Later(next.TotalSeconds);
        }

        waited.ShouldBe(600, 0.001);
        story.State.Halt.ShouldBe("no host is left: a: no rsync; waited 10 min");
    }

    [Fact]
    public void What_runs_on_a_host_that_drains_is_waited_for_first()
    {
        var story = Start(Terms(Host("a")) with { Patience = TimeSpan.FromSeconds(30) }, []);
        story.Decide();
        story.Renew(Terms(Host("a", drains: true)) with { Patience = TimeSpan.FromSeconds(30) }).Later(1000).Decide().ShouldBeEmpty();

        story.End(2, Done).End(1, Done).Decide().ShouldBe(["ask in 30 s"]);
        story.Later(30).Decide();
        story.State.Halt.ShouldBe("no host is left: a: drains; waited 30 s");
    }

    [Fact]
    public void A_long_list_of_hosts_is_cut_short()
    {
        var names = Enumerable.Range(1, 1000).Select(n => $"dtn{n}").ToArray();
        var story = Start(Terms([.. names.Select(n => Host(n))]) with { Patience = TimeSpan.Zero }, [.. names.Select(n => (n, "down"))]);
        story.Decide();

        story.State.Halt.ShouldBe($"no host is left: {string.Join("; ", names.Take(8).Select(n => $"{n}: down"))}; and 992 more");
    }

    private static FleetStory Start(DispatchTerms terms, (string Host, string Why)[] setAside) =>
        FleetStory.Of(SmallPlan.Begun(SmallPlan.Of(30, 20, 10)), terms, setAside, 30, 20, 10);
}
