namespace QSplit.Tasks.Tests.Journeys;

/// <summary>What goes wrong between here and the cluster, while a migration is planned and run: the plan is right, or nothing is begun. Each fault alone is tried without a process around it.</summary>
public sealed class FaultSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("latency=20ms,too-many=2,retry-after=1,after=3")]
    [InlineData("errors=1,status=503,cut=1,truncate=2,after=2")]
    [InlineData("page=2,lag=30%,vanish=/reel-1,unauthorized-after=5")]
    public async Task What_passes_is_waited_for_and_everything_arrives(string faults)
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        using var cluster = await Emulated.StartAsync(site, $"--faults={faults}");
        site.WriteClusterManifest(cluster.Keys, more: "buckets: 6");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("unauthorized-after=0", "401")]
    [InlineData("vanish=/", "404")]
    public async Task What_does_not_pass_is_said_and_nothing_is_begun(string faults, string word)
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        using var cluster = await Emulated.StartAsync(site, $"--faults={faults}");
        site.WriteClusterManifest(cluster.Keys, more: "buckets: 6");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain(word);
        run.Output.ShouldNotContain("   at QSplit.");
        Directory.Exists(site.Target).ShouldBeFalse();
        site.History.Events.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cluster_that_goes_away_once_the_plan_is_made_is_not_missed()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys, more: "buckets: 6");
        await site.KillInMidRunAsync();
        cluster.Dispose();

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
    }

    private static Site SiteWithReels()
    {
        var site = new Site();
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 6}/take-{i % 6}", 20_000 + (1_000 * i));
        return site;
    }
}
