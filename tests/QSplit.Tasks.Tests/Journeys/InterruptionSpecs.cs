namespace QSplit.Tasks.Tests.Journeys;

public sealed class InterruptionSpecs
{
    [Theory(Timeout = 120_000)]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_ends_the_run_in_good_order_and_the_same_command_goes_on(string signal)
    {
        Needs.Rsync();
        using var site = SlowSite();
        using (var host = site.Start("--target=Migrate"))
        {
            await host.SaysAsync(": done");
            host.Signal(signal);
            await ShouldEndInGoodOrderAsync(site, host);
        }
        await ShouldGoOnAsync(site);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ctrl_C_on_a_terminal_which_every_process_hears_does_the_same()
    {
        Needs.Rsync();
        Needs.Program("setsid", "apt-get install util-linux");
        using var site = SlowSite();
        using (var host = site.StartInASession("--target=Migrate"))
        {
            await host.SaysAsync(": done");
            host.SignalAll("INT");
            await ShouldEndInGoodOrderAsync(site, host);
        }
        await ShouldGoOnAsync(site);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_signal_while_the_source_is_read_leaves_nothing_behind()
    {
        Needs.Rsync();
        using var site = SlowSite();
        using var host = site.Start("--target=Migrate");
        await host.SaysAsync("Migrate");
        host.Signal("TERM");

        var ended = await host.EndAsync();

        ended.ExitCode.ShouldBe(130, ended.Output);
        await Processes.ShouldEndAsync(site.Target);
    }

    private static Site SlowSite()
    {
        var site = new Site();
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 3}/take-{i % 3}", 200_000);
        site.WriteManifest(2, "buckets: 8", "options: [--bwlimit=1m]");
        return site;
    }

    private static async Task ShouldEndInGoodOrderAsync(Site site, HostProcess host)
    {
        var ended = await host.EndAsync();

        ended.ExitCode.ShouldBe(130, ended.Output);
        ended.Output.ShouldContain("The run stopped: interrupted. To go on: ./build.sh --target=Migrate --migration=demo");
        Processes.With(site.Target).ShouldBeEmpty();
        site.History.Events[^1].Kind.ShouldBe("stopped");
        site.History.Events.Select(e => e.Outcome).OfType<string>().Distinct().Order().ShouldBe(["done", "interrupted"]);
        Directory.GetFiles(site.Target, ".*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static async Task ShouldGoOnAsync(Site site)
    {
        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain("going on with run demo/");
        site.History.BegunAgain.ShouldBeEmpty();
        site.Differences().ShouldBeEmpty();
    }
}
