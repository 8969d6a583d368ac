namespace QSplit.Tasks.Tests.Journeys;

public sealed class SecondControllerSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_second_controller_is_refused_and_told_who_the_first_is()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 8; i++) site.AddFile($"reel-{i}", 200_000);
        site.WriteManifest(1, "buckets: 4");
        site.HoldAfter(1);
        using var first = site.Start("--target=Migrate");
        await first.SaysAsync("reading");

        var second = await site.MigrateAsync();
        var fresh = await site.MigrateAsync("--fresh");

        foreach (var refused in (HostResult[])[second, fresh])
        {
            refused.ExitCode.ShouldBe(3, refused.Output);
            refused.Output.ShouldContain($"Migration demo is already run by process {first.Id} on ");
        }
        site.Release();
        (await first.EndAsync()).ExitCode.ShouldBe(0, first.Output);
        site.History.Done.ShouldBe([1, 2, 3, 4]);
        site.Runs.ShouldHaveSingleItem();
        site.Differences().ShouldBeEmpty();
    }
}
