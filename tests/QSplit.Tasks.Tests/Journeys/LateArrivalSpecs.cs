using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class LateArrivalSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task What_arrives_beside_the_buckets_while_they_run_is_across_in_the_end()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"shows/reel-{i / 3}/take-{i % 3}", 150_000);
        site.WriteManifest(2, "buckets: 4");
        site.HoldAfter(2);
        using var host = site.Start("--target=Migrate");
        await host.SaysAsync(": done");

        site.AddFile("late");
        site.AddFile("late directory/and below/late");
        site.AddFile("shows/late");
        site.AddFile("shows/late directory/late");
        Tool.Read("mkdir", "-m", "0555", Path.Combine(site.Source, "shows/late and empty"));
        Tool.Read("ln", "-s", "nowhere", Path.Combine(site.Source, "late link"));
        site.Release();
        var ended = await host.EndAsync();

        ended.ExitCode.ShouldBe(0, ended.Output);
        site.History.Events.Count(e => e.IsSealBegun).ShouldBeGreaterThan(0);
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_goes_while_the_buckets_run_is_no_failure()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 16; i++) site.AddFile($"reel-{i / 2}/take-{i % 2}", 150_000);
        site.WriteManifest(1, "buckets: 8");
        site.HoldAfter(2);
        using var host = site.Start("--target=Migrate");
        await host.SaysAsync(": done");

        Directory.Delete(Path.Combine(site.Source, "reel-7"), recursive: true);
        File.Delete(Path.Combine(site.Source, "reel-6/take-1"));
        site.Release();
        var ended = await host.EndAsync();

        ended.ExitCode.ShouldBe(0, ended.Output);
        ended.Output.ShouldContain("gone from the source meanwhile");
        site.Differences().ShouldBeEmpty();
    }
}
