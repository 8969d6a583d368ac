using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class SyncSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task I_bring_a_target_up_to_date_and_delete_what_I_have_read()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 4}/take-{i}", 10_000);
        site.WriteManifest(2, "buckets: 3");
        (await site.RunAsync("--target=Sync")).Output.ShouldContain("has no baseline yet");
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        site.AddFile("reel-1/new", 500);
        File.Delete(Path.Combine(site.Source, "reel-0", "take-2"));

        var synced = await site.RunAsync("--target=Sync");
        synced.ExitCode.ShouldBe(0, synced.Output);
        synced.Output.ShouldContain("1 entry is only on the target, ");
        synced.Output.ShouldContain("demo: All that changed is across, as of this pass.");
        File.Exists(Path.Combine(site.Target, "reel-0", "take-2")).ShouldBeTrue();
        var list = Lists(site).ShouldHaveSingleItem();
        (await site.RunAsync("--target=Sync", "--deletes")).ExitCode.ShouldBe(2);
        (await site.RunAsync("--target=DryRun", $"--deletes={list}")).ExitCode.ShouldBe(2);

        var deleted = await site.RunAsync("--target=Sync", $"--deletes={list}");
        deleted.ExitCode.ShouldBe(0, deleted.Output);
        deleted.Output.ShouldContain("Deleted    1 of 1 entry that were only on the target");
        site.Differences().ShouldBeEmpty();
        (await site.RunAsync("--target=Verify")).ExitCode.ShouldBe(0);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(300)]
    [InlineData(900)]
    public async Task Killed_at_any_moment_the_same_command_finishes_and_nothing_is_deleted_too_early(int milliseconds)
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 3}/take-{i}", 200_000);
        site.WriteManifest(2, "buckets: 8", "options: [--bwlimit=4m]");
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        for (var i = 0; i < 12; i++) File.Move(Path.Combine(site.Source, $"reel-{i / 3}", $"take-{i}"), Path.Combine(site.Source, $"reel-{i / 3}", $"moved-{i}"));
        (await site.RunAsync("--target=Sync", "--accept-drift")).ExitCode.ShouldBe(0);
        var list = Lists(site).ShouldHaveSingleItem();
        for (var i = 12; i < 24; i++) Tool.Read("touch", Path.Combine(site.Source, $"reel-{i / 3}", $"take-{i}"));
        using (var host = site.Start("--target=Sync", $"--deletes={list}"))
        {
            await host.SaysAsync("Sync");
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            host.Signal("KILL");
            await host.EndAsync();
        }

        var again = await site.RunAsync("--target=Sync", $"--deletes={list}");

        again.ExitCode.ShouldBe(0, again.Output);
        // Preflight may have been killed with what it had made in the target for a moment.
        site.Differences().Where(line => !line.Contains("/.qsplit-probe-", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_cannot_be_read_keeps_all_from_being_deleted()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 4}/take-{i}", 10_000);
        site.WriteManifest(2, "buckets: 3");
        site.BelongToAnOrdinaryUser();
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        File.Delete(Path.Combine(site.Source, "reel-0", "take-2"));
        (await site.RunAsync("--target=Sync")).ExitCode.ShouldBe(0);
        var list = Lists(site).ShouldHaveSingleItem();
        site.SetMode("reel-2", "0000");

        var synced = await site.RunAsync("--target=Sync", $"--deletes={list}");

        site.SetMode("reel-2", "0755");
        synced.ExitCode.ShouldBe(1, synced.Output);
        synced.Output.ShouldContain("./reel-2");
        Directory.GetFiles(site.Target, "take-*", SearchOption.AllDirectories).Length.ShouldBe(12);
        (await site.RunAsync("--target=Sync", $"--deletes={list}")).ExitCode.ShouldBe(0);
        site.Differences().ShouldBeEmpty();
    }

    private static string[] Lists(Site site) => Directory.GetFiles(site["artifacts/runs"], "deletes.json", SearchOption.AllDirectories);
}
