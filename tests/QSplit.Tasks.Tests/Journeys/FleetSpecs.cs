using System.Text.Json;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class FleetSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_run_over_ssh_is_seen_from_another_terminal_and_outlives_the_kill_of_its_controller()
    {
        Needs.Rsync();
        Assert.SkipWhen(SshHosts.WhyNot is not null, SshHosts.WhyNot ?? "");
        using var hosts = new SshHosts();
        using var site = new Site();
        for (var i = 0; i < 32; i++) site.AddFile($"reel-{i / 2}/#take-{i}", 150_000);
        site.WriteManifest($$"""
            version: 1
            hosts:
              dtn1: { {{Keys(hosts[2])}} }
              dtn2: { {{Keys(hosts[3])}} }
            migrations:
              demo:
                source: { directory: source }
                mounts: { target: target }
                hosts: [dtn1, dtn2]
                buckets: 16
                bandwidth: 400kB/s
            """);
        (await site.RunAsync("--target=Preflight")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0, r.Output), r => r.Output.ShouldContain("demo: 2 hosts, 2 usable"));
        Directory.Exists(site.Target).ShouldBeFalse();

        using (var controller = site.Start("--target=Migrate"))
        {
            await controller.UntilAsync(() => site.History.Events.Count(e => e.IsBucketDone) >= 2, "two buckets were done");
            var (state, status) = await StatusAsync(site);
            state.ShouldBe("running");
            status.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("host").GetString()).Distinct().Order().ShouldBe(["dtn1", "dtn2"]);
            status.GetProperty("secondsLeft").GetDouble().ShouldBeGreaterThan(0);
            (await site.RunAsync("--target=Status")).Output.ShouldContain("dtn1/1");
            controller.Kill();
            await controller.EndAsync();
        }
        var (died, left) = await StatusAsync(site, exitCode: 1);
        died.ShouldBe("stopped", "its lock is free, whatever it reported a moment ago");
        left.GetProperty("next").GetString().ShouldNotBeNull().ShouldContain("--target=Migrate --migration=demo");
        // No rsync of it is alive 10 s later, and no ssh either.
        await Processes.ShouldEndAsync(site.Target);
        await Processes.ShouldEndAsync(hosts.SshConfig);
        hosts.Running(2, "rsync").Concat(hosts.Running(3, "rsync")).ShouldBeEmpty();

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.BegunAgain.ShouldBeEmpty();
        site.Differences().ShouldBeEmpty();
        (await StatusAsync(site)).State.ShouldBe("finished");
    }

    private static string Keys(SshHost host) => $"address: {host.Address}, port: {host.Port}, user: {host.User}, ssh_config: {host.SshConfig}, slots: 2";

    private static async Task<(string State, JsonElement Status)> StatusAsync(Site site, int exitCode = 0)
    {
        var answer = await site.RunAsync("--target=Status", "--json", "--verbosity=quiet");
        answer.ExitCode.ShouldBe(exitCode, answer.Output);
        var status = JsonDocument.Parse(answer.Output).RootElement.GetProperty("migrations")[0];
        return (status.GetProperty("state").GetString()!, status);
    }
}
