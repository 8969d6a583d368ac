namespace QSplit.Tasks.Tests.Journeys;

public sealed class RobocopySpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task I_plan_for_Windows_hosts_and_have_lists_and_scripts_to_run_there()
    {
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 4}/take-{i}", 10_000);
        site.AddFile("reel-0/a:b", 10);
        site.WriteManifest("""
            version: 1
            hosts: { w1: { address: 127.0.0.1, port: 1, shell: cmd, slots: 2 } }
            migrations:
              demo: { source: { directory: source }, mover: robocopy, mounts: { source: '\\nas\old', target: 'D:\new' }, hosts: [w1], buckets: 3 }
            """);

        var plan = await site.RunAsync("--target=Plan");
        plan.ExitCode.ShouldBe(0, plan.Output);
        plan.Output.ShouldContain("Not on Windows: it has a name that has a ':' in it.");
        var folder = site.Runs.ShouldHaveSingleItem();
        var files = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).ToList();
        files.Count(name => name.EndsWith(".cmd", StringComparison.Ordinal)).ShouldBe(4);
        files.Count(name => name.StartsWith("qsync_", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal)).ShouldBe(3);
        (await File.ReadAllTextAsync(Path.Combine(folder, "plan.md"), TestContext.Current.CancellationToken)).ShouldContain("a:b");
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), TestContext.Current.CancellationToken)).ShouldContain(@"""target"": ""D:\\new""");

        var migrate = await site.MigrateAsync($"--plan={folder}");
        migrate.ExitCode.ShouldBe(3);
        migrate.Output.ShouldContain("w1: 127.0.0.1:1 cannot be reached: ");
        (await site.RunAsync("--target=DryRun", "--offline")).ExitCode.ShouldBe(0);
    }
}
