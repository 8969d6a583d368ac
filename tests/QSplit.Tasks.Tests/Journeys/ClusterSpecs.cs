using System.Text.Json;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>A migration whose source is a cluster: the built-in emulator, asked over HTTPS.</summary>
public sealed class ClusterSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_tree_that_was_planned_by_its_cluster_arrives_whole()
    {
        Needs.Rsync();
        using var site = new Site();
        OddTree.Make(site.Source);
        site.WriteClusterManifest(more: "buckets: 3");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
        (await site.MigrateAsync()).Output.ShouldContain("All is done already");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_plan_comes_from_the_cluster_in_few_calls_and_each_directory_is_asked_for_once()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        using var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys, more: "buckets: 4");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
        var aggregates = cluster.Requests.Select(line => line.Split(' ')[1]).Where(target => target.Contains("/aggregates/", StringComparison.Ordinal)).ToList();
        aggregates.Count.ShouldBeInRange(1, 4);
        aggregates.ShouldBeUnique();
        cluster.Requests.ShouldNotContain(line => line.Contains("/entries/", StringComparison.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_of_the_cluster_is_planned_and_the_mount_shows_that_directory()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        site.WriteManifest("""
            version: 1
            clusters: { music: { emulate: source } }
            migrations:
              demo:
                source: { cluster: music, path: /reel-1 }
                mounts: { source: source/reel-1, target: target }
            """);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        TreeComparison.Differences(Path.Combine(site.Source, "reel-1"), site.Target).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_on_a_snapshot_copies_the_frozen_view_whatever_happens_meanwhile()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        var before = site["before"];
        Tool.Read("cp", "-a", site.Source, before);
        site.WriteClusterManifest(source: "snapshot: new", more: "buckets: 4");
        await site.KillInMidRunAsync();
        // The same length, another content; a file gone; a new one; a renamed directory.
        foreach (var file in Directory.GetFiles(Path.Combine(site.Source, "reel-0"))) File.WriteAllBytes(file, new byte[100_000]);
        File.Delete(Path.Combine(site.Source, "reel-1/take-1"));
        site.AddFile("reel-2/late");
        Directory.Move(Path.Combine(site.Source, "reel-3"), Path.Combine(site.Source, "reel-9"));

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        TreeComparison.Differences(before, site.Target).ShouldBeEmpty();
        using var plan = JsonDocument.Parse(File.ReadAllText(Path.Combine(site.Runs.ShouldHaveSingleItem(), "plan.json")));
        var snapshot = plan.RootElement.GetProperty("snapshot");
        snapshot.GetProperty("directory").GetString()!.ShouldContain("qsplit_demo_");
        (snapshot.GetProperty("expires").GetDateTimeOffset() - snapshot.GetProperty("takenAt").GetDateTimeOffset()).TotalDays.ShouldBe(30, 0.1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_path_outside_of_the_snapshot_is_refused_before_anything_is_touched()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        using var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys, "path: /reel-1, snapshot: new");
        (await site.RunAsync("--target=Plan")).ExitCode.ShouldBe(0);
        site.WriteClusterManifest(cluster.Keys, "path: /reel-2, snapshot: 1");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain("/reel-1");
        run.Output.ShouldContain("/reel-2");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_new_snapshot_that_the_mount_does_not_show_is_let_go_of_and_nothing_is_begun()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        // The cluster's directory is not what is mounted.
        Tool.Read("cp", "-a", site.Source, site["elsewhere"]);
        site.WriteManifest("""
            version: 1
            clusters: { music: { emulate: elsewhere } }
            migrations:
              demo:
                source: { cluster: music, snapshot: new }
                mounts: { source: source, target: target }
            """);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain("Snapshot 1 was planned, but there is no ");
        Directory.GetDirectories(site["elsewhere/.snapshot"]).ShouldBeEmpty();
        Directory.Exists(site.Target).ShouldBeFalse();
        site.History.Events.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_that_is_gone_stops_a_run_that_would_go_on_with_it()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        site.WriteClusterManifest(source: "snapshot: new", more: "buckets: 4");
        await site.KillInMidRunAsync();
        Directory.Delete(Path.Combine(site.Source, ".snapshot"), recursive: true);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain(".snapshot/1_qsplit_demo_");
        run.Output.ShouldContain("--fresh");
    }

    private static Site SiteWithReels()
    {
        var site = new Site();
        for (var i = 0; i < 16; i++) site.AddFile($"reel-{i / 4}/take-{i % 4}", 100_000);
        return site;
    }
}
