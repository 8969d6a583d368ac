namespace QSplit.Tasks.Tests.Journeys;

public sealed class DryRunSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task I_am_told_what_a_run_would_do_and_the_exit_code_says_whether_that_is_anything()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 4}/take-{i}", 10_000);
        site.WriteManifest(2, "buckets: 3");

        var first = await site.RunAsync("--target=DryRun", "--exit-code");
        first.ExitCode.ShouldBe(10, first.Output);
        first.Output.ShouldContain("Would create             15 entries");
        first.Output.ShouldContain("Would copy               117.2 KiB in 12 files");
        first.Output.ShouldContain("./reel-1   create        5      4  39.1 KiB");
        first.Output.ShouldContain("To create: ./reel-0, ./reel-0/take-0");
        Directory.Exists(site.Target).ShouldBeFalse();
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        File.WriteAllText(Path.Combine(site.Target, "extra"), "");

        var deletes = await site.RunAsync("--target=DryRun", "--deletes", "--exit-code");
        deletes.ExitCode.ShouldBe(10, deletes.Output);
        deletes.Output.ShouldContain("To delete: ./extra");
        File.Exists(Path.Combine(site.Target, "extra")).ShouldBeTrue();
        File.Delete(Path.Combine(site.Target, "extra"));
        Testing.Tool.Read("touch", "-r", site.Source, site.Target);

        var last = await site.RunAsync("--target=DryRun", "--exit-code");
        last.ExitCode.ShouldBe(0, last.Output);
        last.Output.ShouldContain("There is nothing to do; nothing was written.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Where_the_hosts_cannot_be_reached_it_is_the_plan_alone()
    {
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 4}/take-{i}", 10_000);
        site.WriteManifest($$"""
            version: 1
            hosts: { far: { address: 127.0.0.1, port: 1, slots: 2 } }
            migrations: { demo: { source: { directory: source }, mounts: { target: target }, hosts: [far] } }
            """);

        var offline = await site.RunAsync("--target=DryRun", "--offline");
        offline.ExitCode.ShouldBe(0, offline.Output);
        offline.Output.ShouldContain("over 2 slots on far.");
        site.History.Events.ShouldBeEmpty();

        (await site.RunAsync("--target=DryRun", "--offline", "--exit-code")).ExitCode.ShouldBe(2);
        (await site.RunAsync("--target=DryRun")).ExitCode.ShouldBe(3);
    }
}
