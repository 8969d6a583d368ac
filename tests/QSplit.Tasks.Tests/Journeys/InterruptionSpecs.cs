namespace QSplit.Tasks.Tests.Journeys;

public sealed class InterruptionSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("TERM")]
    [InlineData("INT")]
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

    [Fact(Timeout = HangLimit)]
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

    [Fact(Timeout = HangLimit)]
    public async Task A_terminal_that_is_closed_does_the_same()
    {
        Needs.Rsync();
        Needs.Program("script", "apt-get install bsdutils");
        using var site = SlowSite();
        using (var terminal = site.StartOnATerminal("--target=Migrate"))
        {
            await terminal.UntilAsync(() => site.History.Events.Any(e => e.IsBucketDone), "a bucket was done");
            terminal.Kill();
            await terminal.EndAsync();
            await Processes.ShouldEndAsync(site.Target);
            await Processes.ShouldLeaveAsync(site.Directory);
            site.History.Events[^1].Kind.ShouldBe("stopped");
        }
        await ShouldGoOnAsync(site);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_hang_up_where_there_is_no_terminal_reads_the_manifest_again()
    {
        Needs.Rsync();
        Needs.Program("setsid", "apt-get install util-linux");
        using var site = SlowSite();
        site.HoldAfter(2);
        using var host = site.StartInASession("--target=Migrate");
        await host.SaysAsync(": done");
        site.WriteManifest(4, "buckets: 8");

        host.Signal("HUP");

        await host.SaysAsync("demo: the manifest was read again: 4 slots on here.");
        site.Release();
        (await host.EndAsync()).ExitCode.ShouldBe(0, host.Output);
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
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
        site.WriteManifest(2, "buckets: 8");
        site.SlowAfter(2);
        return site;
    }

    private static async Task ShouldEndInGoodOrderAsync(Site site, HostProcess host)
    {
        var ended = await host.EndAsync();

        ended.ExitCode.ShouldBe(130, ended.Output);
        ended.Output.ShouldContain("The run stopped: interrupted. ");
        ended.Output.ShouldContain("To go on: ./build.sh --target=Migrate --migration=demo");
        site.Report.ShouldContain("The run stopped: interrupted. ");
        Processes.With(site.Target).ShouldBeEmpty();
        site.History.Events[^1].Kind.ShouldBe("stopped");
        site.History.Events.Select(e => e.Outcome).OfType<string>().Distinct().Order().ShouldBe(["interrupted", "succeeded"]);
        Directory.GetFiles(site.Target, ".*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static async Task ShouldGoOnAsync(Site site)
    {
        site.Release();
        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain("going on with run demo/");
        site.History.BegunAgain.ShouldBeEmpty();
        site.Differences().ShouldBeEmpty();
    }
}
