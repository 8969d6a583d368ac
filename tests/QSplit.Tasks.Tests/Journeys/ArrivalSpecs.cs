using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class ArrivalSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    [InlineData(16, 4)]
    public async Task A_source_with_every_kind_of_thing_arrives_whole(int buckets, int slots)
    {
        Needs.Rsync();
        using var site = new Site();
        OddTree.Make(site.Source);
        site.WriteManifest(slots);

        var run = await site.MigrateAsync($"--buckets={buckets}");

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Done.ShouldBe(Enumerable.Range(1, buckets));
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task It_arrives_whole_after_a_stop_on_the_way()
    {
        Needs.Rsync();
        using var site = new Site();
        OddTree.Make(site.Source);
        site.WriteManifest(2, "buckets: 16");
        site.SlowAfter(2);
        using (var host = site.Start("--target=Migrate"))
        {
            await host.SaysAsync(": done");
            host.Signal("TERM");
            (await host.EndAsync()).ExitCode.ShouldBe(130, host.Output);
        }
        site.History.Done.Count.ShouldBeLessThan(16);
        site.Release();

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Done.ShouldBe(Enumerable.Range(1, 16));
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Where_no_hosts_are_listed_one_rsync_moves_it_all()
    {
        Needs.Rsync();
        using var site = new Site();
        OddTree.Make(site.Source);
        site.WriteManifest("""
            version: 1
            migrations:
              demo:
                source: { directory: source }
                mounts: { target: target }
            """);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Done.ShouldBe([1]);
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_empty_source_arrives_as_an_empty_target()
    {
        Needs.Rsync();
        using var site = new Site();
        site.WriteManifest(2);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
        (await site.MigrateAsync()).Output.ShouldContain("All is done already");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_ordinary_user_moves_directories_that_are_shut_for_writing()
    {
        Needs.Rsync();
        Needs.AnOrdinaryUser();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"shut/{i % 3}/below/{i}", 20_000);
        Tool.Read("chmod", "-R", "a-w", site.Source);
        site.WriteManifest(2, "buckets: 6");
        site.BelongToAnOrdinaryUser();

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Done.Count.ShouldBe(6);
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Snapshots_are_neither_planned_nor_copied_at_any_depth_and_that_is_said()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 8; i++) site.AddFile($"shows/{i}/reel", 10_000);
        site.AddFile(".snapshot/hourly/shows/0/reel", 500_000);
        site.AddFile("shows/3/.snapshots/old", 500_000);
        site.AddFile("shows/5/cut/.zfs/old", 500_000);
        site.AddFile("shows/6/.ckpt/old", 500_000);
        site.WriteManifest(2, "buckets: 5");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        File.Exists(Path.Combine(site.Target, "shows/5/cut/.zfs/old")).ShouldBeFalse();
        foreach (var left in (string[])[".snapshot", "shows/3/.snapshots", "shows/5/cut/.zfs", "shows/6/.ckpt"])
        {
            Directory.Exists(Path.Combine(site.Target, left)).ShouldBeFalse(left);
            site.Report.ShouldContain(left);
            Directory.Delete(Path.Combine(site.Source, left), recursive: true);
        }
        site.Differences(new TreeComparisonOptions(DirectoryTimes: false)).ShouldBeEmpty();
        run.Output.ShouldContain("4 entries are left out by name, with all below: 1 .ckpt, 1 .snapshot, 1 .snapshots, 1 .zfs.");
        run.Output.ShouldContain("And 4 more: see the report.");
    }
}
