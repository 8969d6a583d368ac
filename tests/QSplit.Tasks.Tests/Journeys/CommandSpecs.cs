namespace QSplit.Tasks.Tests.Journeys;

public sealed class CommandSpecs
{
    private const string TwoMigrations = """
        version: 1
        hosts:
          one: { local: true, slots: 1 }
          two: { local: true, slots: 2 }
        migrations:
          b:
            source: { directory: source/b }
            mounts: { target: b }
            hosts: [one]
          a:
            source: { directory: source/a }
            mounts: { target: a }
            hosts: [one, two]
        """;

    [Fact(Timeout = HangLimit)]
    public async Task Fresh_starts_over_in_a_run_of_its_own()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 8; i++) site.AddFile($"reel-{i}", 10_000);
        site.WriteManifest(2, "buckets: 3");
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        site.AddFile("arrived later");
        (await site.MigrateAsync()).Output.ShouldContain("All is done already");

        var fresh = await site.MigrateAsync("--fresh");

        fresh.ExitCode.ShouldBe(0, fresh.Output);
        site.Runs.Count.ShouldBe(2);
        site.History.Events.Sum(e => e.Files ?? 0).ShouldBe(9);
        site.Differences().ShouldBeEmpty();
        (await site.MigrateAsync()).Output.ShouldContain("All is done already");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_migrations_of_a_manifest_run_one_after_another_in_its_order()
    {
        Needs.Rsync();
        using var site = SiteWithTwo();

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Events.Where(e => e.Kind is "started" or "finished").Select(e => $"{e.Run.Split('/')[0]} {e.Kind}")
            .ShouldBe(["b started", "b finished", "a started", "a finished"]);
        foreach (var name in (string[])["a", "b"]) Testing.TreeComparison.Differences(site[$"source/{name}"], site[name]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_ask_for_one_migration()
    {
        Needs.Rsync();
        using var site = SiteWithTwo();

        var run = await site.MigrateAsync("--migration=a");

        run.ExitCode.ShouldBe(0, run.Output);
        Directory.Exists(site["a"]).ShouldBeTrue();
        Directory.Exists(site["b"]).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_name_the_migrations_in_another_order()
    {
        Needs.Rsync();
        using var site = SiteWithTwo();

        var run = await site.MigrateAsync("--migration=a,b");

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Events.Where(e => e.Kind == "started").Select(e => e.Run.Split('/')[0]).ShouldBe(["a", "b"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_name_the_hosts_and_the_number_of_buckets()
    {
        Needs.Rsync();
        using var site = SiteWithTwo();

        var run = await site.MigrateAsync("--migration=b", "--hosts=two", "--buckets=3");

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Done.ShouldBe([1, 2, 3]);
        site.History.Events.Select(e => e.Host).OfType<string>().Distinct().ShouldBe(["two"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_migration_with_something_left_does_not_hold_up_the_next()
    {
        Needs.Rsync();
        Needs.AnOrdinaryUser();
        using var site = SiteWithTwo();
        site.SetMode("b/reel-3", "0000");
        site.BelongToAnOrdinaryUser();

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldContain("Migration b is done with exceptions. 1 entry could not be copied (1 permission), first ./reel-3 (Permission denied (13))");
        site.History.Events.Where(e => e.Kind == "finished").Select(e => e.Run.Split('/')[0]).ShouldBe(["a", "b"], ignoreOrder: true);
        Testing.TreeComparison.Differences(site["source/a"], site["a"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_put_the_manifest_elsewhere_and_what_it_names_lies_beside_it()
    {
        Needs.Rsync();
        using var site = SiteWithTwo();
        var elsewhere = Directory.CreateDirectory(site["plans"]).FullName;
        File.Move(site["migrations.yml"], Path.Combine(elsewhere, "films.yml"));
        Directory.Move(site.Source, Path.Combine(elsewhere, "source"));

        var run = await site.MigrateAsync("--manifest=plans/films.yml", "--migration=a");

        run.ExitCode.ShouldBe(0, run.Output);
        Directory.Exists(Path.Combine(elsewhere, "a")).ShouldBeTrue();
        Directory.Exists(Path.Combine(elsewhere, "artifacts/runs/a")).ShouldBeTrue();
        (await site.MigrateAsync("--manifest=plans/films.yml", "--migration=a")).Output.ShouldContain("--target=Sync --manifest=plans/films.yml --migration=a");
    }

    private static Site SiteWithTwo()
    {
        var site = new Site();
        for (var i = 0; i < 6; i++) site.AddFile($"a/reel-{i}", 10_000);
        for (var i = 0; i < 6; i++) site.AddFile($"b/reel-{i}", 20_000);
        site.WriteManifest(TwoMigrations);
        return site;
    }
}
