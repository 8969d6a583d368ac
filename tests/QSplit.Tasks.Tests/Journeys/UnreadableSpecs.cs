using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class UnreadableSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_file_that_cannot_be_read_is_named_and_moved_by_the_same_command_once_it_can()
    {
        Needs.Rsync();
        Needs.AnOrdinaryUser();
        using var site = SiteWithFiles();
        site.SetMode("reel-2/take-3", "0000");

        var first = await site.MigrateAsync();

        first.ExitCode.ShouldBe(1, first.Output);
        first.Output.ShouldContain("./reel-2/take-3 (Permission denied");
        first.Output.ShouldContain("To try them again: ./build.sh --target=Migrate --migration=demo");
        site.Report.ShouldContain("`./reel-2/take-3`: Permission denied");
        ReportSpecs.FailureOf(site).Value.ShouldMatch(@"^Log: .*\.log\n\./reel-2/take-3: Permission denied \(13\)\nAll names: .* To try them again: ");
        var before = site.History;
        before.Done.Count.ShouldBe(3);
        site.Differences().ShouldBe(["./reel-2/take-3: missing on the right"]);

        site.SetMode("reel-2/take-3", "0400");
        await ShouldMoveJustThatAsync(site, before, files: 1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_cannot_be_read_is_named_and_moved_by_the_same_command_once_it_can()
    {
        Needs.Rsync();
        Needs.AnOrdinaryUser();
        using var site = SiteWithFiles();
        site.SetMode("reel-2", "0000");

        var first = await site.MigrateAsync();

        first.ExitCode.ShouldBe(1, first.Output);
        first.Output.ShouldContain("./reel-2 (Permission denied");
        site.Report.ShouldContain("`./reel-2`: Permission denied");
        var before = site.History;
        foreach (var other in (string[])["reel-0", "reel-1", "reel-3"])
            TreeComparison.Differences(Path.Combine(site.Source, other), Path.Combine(site.Target, other)).ShouldBeEmpty();

        site.SetMode("reel-2", "0500");
        await ShouldMoveJustThatAsync(site, before, files: 5);
    }

    private static Site SiteWithFiles()
    {
        var site = new Site();
        for (var i = 0; i < 20; i++) site.AddFile($"reel-{i / 5}/take-{i % 5}", 50_000);
        site.WriteManifest(2, "buckets: 4");
        site.BelongToAnOrdinaryUser();
        return site;
    }

    private static async Task ShouldMoveJustThatAsync(Site site, RunHistory before, int files)
    {
        var second = await site.MigrateAsync();

        second.ExitCode.ShouldBe(0, second.Output);
        var since = site.History.Since(before);
        since.Begun.ShouldHaveSingleItem();
        before.Done.ShouldNotContain(since.Begun[0]);
        since.Events.Sum(e => e.Files ?? 0).ShouldBe(files);
        site.Differences().ShouldBeEmpty();

        var third = await site.MigrateAsync();

        third.ExitCode.ShouldBe(0, third.Output);
        third.Output.ShouldContain("All is done already");
    }
}
