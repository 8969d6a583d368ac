namespace QSplit.Tasks.Tests.Journeys;

/// <summary>A sync of a cluster's tree goes by what the cluster says has changed between two frozen views: nothing else is looked at, and nothing is missed.</summary>
public sealed class DifferenceSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Only_what_changed_is_asked_after_and_looked_at_and_the_older_view_is_let_go()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 200; i++) site.AddFile($"reel-{i / 10}/take-{i}", 2000);
        using var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys, "path: /, snapshot: new", "buckets: 4");
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        var before = cluster.Requests.Count;
        site.AddFile("reel-3/new", 100);
        Directory.Move(Path.Combine(site.Source, "reel-5"), Path.Combine(site.Source, "reel-x"));
        File.Delete(Path.Combine(site.Source, "reel-7/take-75"));

        var synced = await site.RunAsync("--target=Sync");

        synced.ExitCode.ShouldBe(0, synced.Output);
        synced.Output.ShouldContain("12 entries are only on the target");
        var asked = cluster.Requests.Skip(before).ToList();
        asked.Count(line => line.Contains("/aggregates/", StringComparison.Ordinal)).ShouldBeLessThan(8);
        asked.ShouldContain(line => line.Contains("changes-since", StringComparison.Ordinal));
        var view = Path.GetFileName(Directory.GetDirectories(Path.Combine(site.Source, ".snapshot")).ShouldHaveSingleItem());
        File.Exists(Path.Combine(site.Target, "reel-x/take-51")).ShouldBeTrue();
        (await site.RunAsync("--target=Verify")).Output.ShouldContain("12 only on the target");

        // The same, said: by its number; and once it is gone that is said, too.
        (await site.RunAsync("--target=Sync", $"--since={view.Split('_')[0]}")).Output.ShouldContain($"changed and 0 entries went since {view}, as ");
        var gone = await site.RunAsync("--target=Sync", $"--since={view.Split('_')[0]}", "--accept-incomplete");
        gone.ExitCode.ShouldBe(2, gone.Output);
        gone.Output.ShouldContain("The newest there are: ");
    }
}
