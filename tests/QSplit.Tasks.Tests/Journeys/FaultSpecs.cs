namespace QSplit.Tasks.Tests.Journeys;

/// <summary>What goes wrong between here and the cluster, while a migration is planned and run: the plan is right, or nothing is begun.</summary>
public sealed class FaultSpecs
{
    [Theory(Timeout = 120_000)]
    [InlineData("latency=50ms")]
    [InlineData("unauthorized-after=5")]
    [InlineData("too-many=2,retry-after=1,after=3")]
    [InlineData("errors=2,status=503,after=3")]
    [InlineData("errors=1,status=500")]
    [InlineData("cut=2,after=3")]
    [InlineData("truncate=2,after=3")]
    [InlineData("page=2")]
    [InlineData("lag=30%")]
    [InlineData("vanish=/reel-1")]
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

    [Theory(Timeout = 120_000)]
    [InlineData("errors=1000,status=503", "503")]
    [InlineData("unauthorized-after=0", "401")]
    [InlineData("cut=1000,after=2", "127.0.0.1")]
    [InlineData("truncate=1000,after=3", "/v1/")]
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

    [Fact(Timeout = 120_000)]
    public async Task A_cluster_that_goes_away_once_the_plan_is_made_is_not_missed()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys, more: ["buckets: 6", "options: [--bwlimit=200k]"]);
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
