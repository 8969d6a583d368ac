namespace QSplit.Tests.OverSsh;

/// <summary>Runs that lose a host, or all of them, or their controller.</summary>
public sealed class LostHostSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_dies_in_mid_run_is_done_without_and_gets_work_again_when_it_is_back()
    {
        using var site = new FleetSite(2, 3);
        foreach (var n in site.Numbers) site.Wrap(n, "sleep 0.5");
        site.MakeTree();
        site.WriteManifest(["buckets: 60"]);

        var run = site.MigrateAsync();
        await site.UntilAsync(() => site.BegunOn(3) >= 3);
        site.Kill(3);
        await site.UntilAsync(() => site.Said.Any(line => line.StartsWith("host h3 is set aside", StringComparison.Ordinal)));
        var before = site.BegunOn(3);
        site.Ssh.Start(3);

        site.ShouldBeDone(await run);
        site.Said.ShouldContain("host h3 is back");
        site.BegunOn(3).ShouldBeGreaterThan(before);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_whose_last_host_is_gone_waits_for_its_patience_stops_and_can_be_gone_on_with()
    {
        using var site = new FleetSite(2);
        site.Wrap(2, "sleep 0.3");
        site.MakeTree();
        site.WriteManifest(["buckets: 30", "patience: 1s"]);

        var run = site.MigrateAsync();
        await site.UntilAsync(() => site.BegunOn(2) >= 3);
        site.Kill(2);
        var stopped = await run;
        stopped.Run.IsFinished.ShouldBeFalse();
        site.Said.ShouldContain(line => line.StartsWith("demo: no host is left: it waits for one to come back, until ", StringComparison.Ordinal));
        stopped.HowToGoOn.ShouldStartWith("The run stopped: no host is left: h2: ");
        stopped.HowToGoOn.ShouldContain("waited 1 s");
        stopped.HowToGoOn.ShouldContain("To go on: ./build.sh --target=Migrate");

        site.Ssh.Start(2);
        site.ShouldBeDone(await site.MigrateAsync());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_that_is_interrupted_leaves_nothing_running_and_is_gone_on_with()
    {
        using var site = new FleetSite(2, 3);
        foreach (var n in site.Numbers) site.Wrap(n, "sleep 0.5");
        site.MakeTree();
        site.WriteManifest(["buckets: 30"]);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var run = site.MigrateAsync(interrupt.Token);
        await site.UntilAsync(() => site.BegunOn(2) >= 3);
        await interrupt.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
        foreach (var n in site.Numbers) site.Ssh.Running(n, "rsync").ShouldBeEmpty();

        site.ShouldBeDone(await site.MigrateAsync());
        site.Said.ShouldContain(line => line.Contains("going on with run demo/", StringComparison.Ordinal));
    }
}
