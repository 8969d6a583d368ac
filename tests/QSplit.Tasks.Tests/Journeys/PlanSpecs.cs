using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class PlanSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task I_can_feed_the_bucket_files_of_a_plan_to_rsync_by_hand()
    {
        Needs.Rsync();
        using var site = new Site();
        OddTree.Make(site.Source);
        site.WriteManifest(2, "buckets: 5");

        var plan = await site.RunAsync("--target=Plan");

        plan.ExitCode.ShouldBe(0, plan.Output);
        Directory.Exists(site.Target).ShouldBeFalse();
        site.History.Events.ShouldBeEmpty();
        var folder = site.Runs.ShouldHaveSingleItem();
        var files = Directory.GetFiles(folder, "qsync_*");
        files.Length.ShouldBe(5);
        foreach (var file in files)
        {
            plan.Output.ShouldContain(Path.GetFileName(file));
            string[] separated = file.EndsWith(".txt0", StringComparison.Ordinal) ? ["--from0"] : [];
            Tool.Read("rsync", ["-av", "-r", .. separated, $"--files-from={file}", site.Source, site.Target]);
        }
        // The directories that several buckets share get their times from the seal, which a person does not run.
        site.Differences(new TreeComparisonOptions(DirectoryTimes: false)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_plan_says_how_even_it_is_and_where_it_lies()
    {
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 3}/take-{i % 3}", 100_000);
        site.WriteManifest(2);

        var plan = await site.RunAsync("--target=Plan", "--buckets=3");

        plan.ExitCode.ShouldBe(0, plan.Output);
        plan.Output.ShouldContain("Balance: heaviest bucket");
        plan.Output.ShouldContain("_bucket3.txt");
        plan.Output.ShouldNotContain("_bucket4.txt");
        plan.Output.ShouldContain(site.Runs.ShouldHaveSingleItem());
        File.Exists(Path.Combine(site.Runs[0], "plan.json")).ShouldBeTrue();
    }
}
