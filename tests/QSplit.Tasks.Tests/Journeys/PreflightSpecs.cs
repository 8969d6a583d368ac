namespace QSplit.Tasks.Tests.Journeys;

public sealed class PreflightSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Hosts_that_are_good_are_shown_and_nothing_is_made()
    {
        Needs.Rsync();
        using var site = new Site();
        site.AddFile("a", 1);
        site.WriteManifest(2);

        var run = await site.RunAsync("--target=Preflight");

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain("demo: 1 host, 1 usable");
        run.Output.ShouldContain("this machine");
        Directory.Exists(site.Target).ShouldBeFalse();
        Directory.GetFileSystemEntries(site.Directory).Select(Path.GetFileName).ShouldBe(["migrations.yml", "source"], ignoreOrder: true);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_not_mounted_is_shown_with_what_to_do_and_exits_3()
    {
        using var site = new Site();
        site.WriteManifest(2);
        Directory.Delete(site.Source);

        var run = await site.RunAsync("--target=Preflight");

        run.ExitCode.ShouldBe(3, run.Output);
        run.Output.ShouldContain($"problem: here: The source of migration demo, {site.Source}, is not there or is not a directory. Is it mounted?");
        run.Output.ShouldContain("Migration demo cannot begin.");
    }
}
