using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class CutoverSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Killed_in_each_phase_the_same_command_finishes_and_nothing_is_deleted_too_early_or_twice()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 3}/take-{i}", 150_000);
        site.WriteManifest(2, "buckets: 6", "options: [--bwlimit=2m]");
        (await site.MigrateAsync()).ExitCode.ShouldBe(0);
        for (var i = 0; i < 6; i++) File.Delete(Path.Combine(site.Source, $"reel-{i}", $"take-{3 * i}"));
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 3}/new-{i}", 150_000);
        var refused = await site.RunAsync("--target=Cutover");
        (refused.ExitCode, site.History.Events.Count(e => e.Kind == "started")).ShouldBe((2, 1), refused.Output);

        await KillAsync(site, run => File.Exists(Record(site)), "it was begun", "--frozen=exports are read-only");
        await KillAsync(site, run => run.Any(e => e.IsBucketDone), "a bucket of the last pass was done");
        await KillAsync(site, run => run.Any(e => e.IsSealBegun), "the last pass was sealed");
        Deleted(site).ShouldBe(0);
        await KillAsync(site, run => run.Any(e => e is { Kind: "attemptStarted", Pass: "Delete" }), "deletes were begun");
        await KillAsync(site, run => run.Count(e => e.Kind == "finished") == 2 && run[^1].Pass is not null, "it was being verified");

        Tool.Read("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", site["key"]);
        SignSlowly(site);
        await KillAsync(site, _ => Directory.Exists(Path.Combine(Path.GetDirectoryName(Record(site))!, "evidence.new")), "it was being signed off", "--key=key");
        site.SetVariable("PATH", Environment.GetEnvironmentVariable("PATH")!);

        var ended = await site.RunAsync("--target=Cutover", "--key=key");

        ended.ExitCode.ShouldBe(0, ended.Output);
        ended.Output.ShouldContain("Migration demo is cut over and signed off: sha256:");
        Deleted(site).ShouldBe(6);
        var audit = await site.RunAsync("--target=Audit");
        (audit.ExitCode, audit.Output.Contains("ssh-ed25519", StringComparison.Ordinal)).ShouldBe((0, true), audit.Output);
        site.History.Events.Count(e => e is { Kind: "attemptEnded", Pass: "Delete", Outcome: "succeeded" }).ShouldBe(1);
        site.History.BegunAgain.ShouldBeEmpty();
        Directory.GetDirectories(site["artifacts/runs/demo"], "*-cutover").ShouldHaveSingleItem();
        // Preflight may have been killed with what it had made in the target for a moment.
        site.Differences().Where(line => !line.Contains("/.qsplit-probe-", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // Of what happened since the baseline.
    private static async Task KillAsync(Site site, Func<IReadOnlyList<Happening>, bool> isThen, string what, params string[] arguments)
    {
        using var host = site.Start(["--target=Cutover", .. arguments]);
        await host.UntilAsync(() => isThen([.. site.History.Events.SkipWhile(e => e.Kind != "finished").Skip(1)]), what);
        host.Kill();
        (await host.EndAsync()).ExitCode.ShouldBe(128 + 9, host.Output);
        await Processes.ShouldEndAsync(site.Target);
    }

    // That takes no time otherwise.
    private static void SignSlowly(Site site)
    {
        Directory.CreateDirectory(site["slow"]);
        File.WriteAllText(site["slow/ssh-keygen"], "#!/bin/sh\nexec sleep 10\n");
        Tool.Read("chmod", "+x", site["slow/ssh-keygen"]);
        site.SetVariable("PATH", $"{site["slow"]}:{Environment.GetEnvironmentVariable("PATH")}");
    }

    private static string Record(Site site) => Directory.GetDirectories(site["artifacts/runs/demo"], "*-cutover").Select(folder => Path.Combine(folder, "cutover.json")).FirstOrDefault() ?? "";

    private static int Deleted(Site site) => Enumerable.Range(0, 6).Count(i => !File.Exists(Path.Combine(site.Target, $"reel-{i}", $"take-{3 * i}")));
}
