namespace QSplit.Tasks.Tests.Journeys;

/// <summary>A plan is made, read by people, and carried out as it was read.</summary>
public sealed class ReviewedPlanSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_changed_by_seven_percent_is_refused_with_the_directories_named_and_runs_when_I_accept_it()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        (await site.RunAsync("--target=Plan")).ExitCode.ShouldBe(0);
        var plan = Path.Combine(site.Runs.ShouldHaveSingleItem(), "plan.json");
        for (var i = 0; i < 7; i++) site.AddFile($"reel-3/late/take-{i}", 100_000);

        var refused = await site.MigrateAsync($"--plan={plan}");

        refused.ExitCode.ShouldBe(3, refused.Output);
        refused.Output.ShouldContain("is not what was planned any more: 7.");
        refused.Output.ShouldContain("% of it changed, and 5.0 % may (drift)");
        refused.Output.ShouldContain("./reel-3/late came");
        refused.Output.ShouldContain("--accept-drift");
        Directory.Exists(site.Target).ShouldBeFalse();

        var accepted = await site.MigrateAsync($"--plan={plan}", "--accept-drift");

        accepted.ExitCode.ShouldBe(0, accepted.Output);
        site.Differences().ShouldBeEmpty();
        site.Runs.ShouldHaveSingleItem();
        (await site.MigrateAsync($"--plan={plan}")).Output.ShouldContain("All is done already");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Exactly_that_plan_runs_wherever_it_lies()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        (await site.RunAsync("--target=Plan", "--buckets=5")).ExitCode.ShouldBe(0);
        Directory.Move(site.Runs.ShouldHaveSingleItem(), site["reviewed"]);

        var run = await site.MigrateAsync("--plan=reviewed/plan.json");

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.Done.ShouldBe([1, 2, 3, 4, 5]);
        var folder = site.Runs.ShouldHaveSingleItem();
        File.ReadAllText(Path.Combine(folder, "plan.json")).ShouldBe(File.ReadAllText(site["reviewed/plan.json"]));
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_frozen_view_that_was_planned_is_what_is_copied_and_a_dry_run_keeps_none()
    {
        Needs.Rsync();
        using var site = SiteWithReels();
        using var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys, "path: /, snapshot: new");
        (await site.RunAsync("--target=Plan")).ExitCode.ShouldBe(0);
        var plan = Path.Combine(site.Runs.ShouldHaveSingleItem(), "plan.json");
        Testing.Tool.Read("cp", "-a", site.Source, site["before"]);
        Directory.Delete(Path.Combine(site["before"], ".snapshot"), recursive: true);
        var kept = Directory.GetDirectories(Path.Combine(site.Source, ".snapshot")).ShouldHaveSingleItem();
        Testing.Tool.Read("touch", "-r", kept, site["before"]);
        Directory.Delete(Path.Combine(site.Source, "reel-3"), recursive: true);

        var dry = await site.RunAsync("--target=DryRun");
        dry.ExitCode.ShouldBe(0, dry.Output);
        Directory.GetDirectories(Path.Combine(site.Source, ".snapshot")).ShouldBe([kept]);
        var pretended = await site.RunAsync("--target=DryRun", $"--plan={plan}");
        pretended.ExitCode.ShouldBe(0, pretended.Output);
        var run = await site.MigrateAsync($"--plan={plan}");

        run.ExitCode.ShouldBe(0, run.Output);
        Testing.TreeComparison.Differences(site["before"], site.Target).ShouldBeEmpty();
        Directory.GetDirectories(Path.Combine(site.Source, ".snapshot")).ShouldBe([kept]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_plan_that_was_changed_or_is_of_another_manifest_is_refused_before_anything_is_touched()
    {
        using var site = SiteWithReels();
        (await site.RunAsync("--target=Plan")).ExitCode.ShouldBe(0);
        var plan = Path.Combine(site.Runs.ShouldHaveSingleItem(), "plan.json");
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(plan, text.Replace("\"tree\": \"\"", "\"tree\": \"x\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var changed = await site.MigrateAsync($"--plan={plan}");
        await File.WriteAllTextAsync(plan, text, TestContext.Current.CancellationToken);
        site.WriteManifest(2, "buckets: 4", "options: [--hard-links]");
        var other = await site.MigrateAsync($"--plan={plan}");
        var contradicted = await site.MigrateAsync($"--plan={plan}", "--buckets=3");

        changed.ExitCode.ShouldBe(2, changed.Output);
        changed.Output.ShouldContain("its checksum does not fit what it says");
        other.ExitCode.ShouldBe(2, other.Output);
        other.Output.ShouldContain("was made under other terms than the manifest has now: the options was '");
        contradicted.ExitCode.ShouldBe(2, contradicted.Output);
        contradicted.Output.ShouldContain("--buckets beside it means nothing");
        Directory.Exists(site.Target).ShouldBeFalse();
        site.History.Events.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_new_plan_says_what_is_different_since_the_last_one()
    {
        using var site = SiteWithReels();
        (await site.RunAsync("--target=Plan")).ExitCode.ShouldBe(0);
        Directory.Delete(Path.Combine(site.Source, "reel-0"), recursive: true);
        site.AddFile("reel-9/new", 2_000_000);

        var plan = await site.RunAsync("--target=Plan");

        plan.ExitCode.ShouldBe(0, plan.Output);
        plan.Output.ShouldContain("Since plan demo/");
        plan.Output.ShouldContain("./reel-0   went, ");
        plan.Output.ShouldContain("./reel-9   came, ");
        var markdown = await File.ReadAllTextAsync(Path.Combine(site.Runs[^1], "plan.md"), TestContext.Current.CancellationToken);
        foreach (var part in (string[])["# Plan of migration demo", "## Buckets", "## Largest directories", "## Largest files", "Estimate: ", "over 2 slots on here", "./reel-0 | went", "digest: `"])
            markdown.ShouldContain(part);
    }

    private static Site SiteWithReels()
    {
        var site = new Site();
        for (var i = 0; i < 100; i++) site.AddFile($"reel-{i % 5}/take-{i}", 100_000);
        site.WriteManifest(2, "buckets: 4");
        return site;
    }
}
