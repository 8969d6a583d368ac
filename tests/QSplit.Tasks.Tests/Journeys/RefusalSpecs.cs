namespace QSplit.Tasks.Tests.Journeys;

public sealed class RefusalSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("--migration=dmeo", "'dmeo'", "It has demo")]
    [InlineData("--hosts=there", "'there'", "It has here")]
    [InlineData("--buckets=0", "--buckets must be 1 or more", "is 0")]
    [InlineData("--buckets=some", "--buckets must be a whole number", "'some'")]
    [InlineData("--frehs", "--frehs: not an option", "--fresh")]
    [InlineData("--migration", "--migration needs a value: --migration=A,B.", "Error")]
    [InlineData("--since=last", "--since is for --target=Sync: Migrate does not read it", "Error")]
    [InlineData("--dry-run", "--dry-run is for --target=Cutover: Migrate does not read it", "What a run would do is told by: --target=DryRun")]
    [InlineData("--manifest=nowhere.yml", "nowhere.yml", "not")]
    public async Task What_the_command_line_asks_for_in_vain_is_said_and_nothing_is_touched(string option, params string[] words)
    {
        using var site = SiteWithAFile();

        var run = await site.MigrateAsync(option);

        run.ExitCode.ShouldBe(2, run.Output);
        foreach (var word in words) run.Output.ShouldContain(word);
        ShouldBeUntouched(site);
    }

    [Fact(Timeout = HangLimit)]
    public async Task All_problems_of_the_manifest_are_said_at_once_each_with_its_place()
    {
        using var site = SiteWithAFile();
        site.WriteManifest("""
            version: 1
            hosts:
              here: { local: true, slots: 0 }
            migrations:
              demo:
                source: { directory: source }
                mounts: { target: source/below }
                hosts: [hree]
                bukets: 3
            """);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(2, run.Output);
        run.Output.ShouldContain("migrations.yml:3:31: hosts.here.slots must be 1 or more, is 0");
        run.Output.ShouldContain("migrations.yml:7:");
        run.Output.ShouldContain("migrations.yml:8:13: ");
        run.Output.ShouldContain("did you mean 'here'?");
        run.Output.ShouldContain("migrations.yml:9:5: ");
        run.Output.ShouldContain("did you mean 'buckets'?");
        ShouldBeUntouched(site);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_not_there_is_said_and_nothing_is_touched()
    {
        using var site = SiteWithAFile();
        Directory.Delete(site.Source, recursive: true);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain(site.Source);
        run.Output.ShouldContain("Is it mounted?");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_has_nothing_to_lie_in_is_said_and_not_made()
    {
        using var site = SiteWithAFile();
        site.WriteManifest("""
            version: 1
            migrations:
              demo:
                source: { directory: source }
                mounts: { target: mnt/archive }
            """);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain($"{site["mnt"]} is not there");
        Directory.Exists(site["mnt"]).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_machine_without_rsync_is_told_what_to_install()
    {
        using var site = SiteWithAFile();

        var run = await site.RunWithPathAsync(site.Source, "--target=Migrate");

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain("apt-get install rsync");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_empty_when_the_run_goes_on_is_taken_for_unmounted()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 3}/take-{i % 3}", 150_000);
        site.WriteManifest(1, "buckets: 4");
        site.SlowAfter(2);
        using (var host = site.Start("--target=Migrate"))
        {
            await host.SaysAsync(": done");
            host.Signal("TERM");
            (await host.EndAsync()).ExitCode.ShouldBe(130);
        }
        var across = Directory.GetFiles(site.Target, "*", SearchOption.AllDirectories);
        across.ShouldNotBeEmpty();
        site.Release();
        Directory.Move(site.Source, site["elsewhere"]);
        Directory.CreateDirectory(site.Source);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBeOneOf(1, 3);
        run.Output.ShouldContain("is not the tree that was planned");
        run.Output.ShouldContain("Is it mounted?");
        Directory.GetFiles(site.Target, "*", SearchOption.AllDirectories).ShouldBe(across, ignoreOrder: true);

        Directory.Delete(site.Source);
        Directory.Move(site["elsewhere"], site.Source);
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_was_emptied_after_a_finished_run_is_not_called_done()
    {
        Needs.Rsync();
        using var site = SiteWithAFile();
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        Directory.Delete(site.Target, recursive: true);
        Directory.CreateDirectory(site.Target);

        var again = await site.MigrateAsync();

        again.ExitCode.ShouldBe(3, again.Output);
        again.Output.ShouldNotContain("All is done");
        again.Output.ShouldContain("--fresh");
        (await site.MigrateAsync("--fresh")).ExitCode.ShouldBe(0);
        site.Differences().ShouldBeEmpty();
    }

    private static Site SiteWithAFile()
    {
        var site = new Site();
        site.AddFile("reel");
        site.WriteManifest(1);
        return site;
    }

    private static void ShouldBeUntouched(Site site) =>
        Directory.GetFileSystemEntries(site.Directory).Select(Path.GetFileName).Order().ShouldBe(["migrations.yml", "source"]);
}
