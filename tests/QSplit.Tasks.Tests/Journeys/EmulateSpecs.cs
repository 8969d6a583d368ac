using System.Net.Sockets;
using System.Text.Json;
using QSplit.Emulator;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>The emulator as a program of its own, and this program as a stranger to it.</summary>
public sealed class EmulateSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task It_serves_until_Ctrl_C_and_says_how_to_sign_in()
    {
        using var site = new Site();
        site.AddFile("a");
        using var cluster = await Emulated.StartAsync(site);

        cluster.Port.ShouldBeGreaterThan(0);
        cluster.Fingerprint.ShouldNotBeEmpty();
        cluster.Host.Signal("INT");

        var end = await cluster.Host.EndAsync();
        end.ExitCode.ShouldBe(0, end.Output);
        end.Output.ShouldContain("Ended after 0 calls.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Stats_prints_the_figures_of_a_cluster_as_JSON_and_nothing_else_when_it_is_to_be_quiet()
    {
        using var site = new Site();
        site.AddFile("a");
        using var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Keys);

        var quiet = await site.RunAsync("--target=Stats", "--cluster=music", "--verbosity=quiet");
        var verbose = await site.RunAsync("--target=Stats", "--verbosity=verbose");

        quiet.ExitCode.ShouldBe(0, quiet.Output);
        using var stats = JsonDocument.Parse(quiet.Output);
        stats.RootElement.GetProperty("block_size_bytes").GetInt32().ShouldBe(4096);
        foreach (var name in (string[])["free_size_bytes", "total_size_bytes"]) ulong.Parse(stats.RootElement.GetProperty(name).GetString()!).ShouldBeGreaterThan(0u);
        verbose.Output.ShouldContain("Qumulo Core");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_plan_needs_neither_hosts_nor_a_manifest()
    {
        using var site = new Site();
        for (var i = 0; i < 12; i++) site.AddFile($"reel-{i / 3}/take-{i % 3}", 100_000);
        using var cluster = await Emulated.StartAsync(site);
        site.SetVariable("QSPLIT_PASSWORD", Emulated.Password);

        var ofCluster = await site.RunAsync("--target=Plan", $"--source=qumulo://admin@127.0.0.1:{cluster.Port}/", $"--fingerprint={cluster.Fingerprint}", "--buckets=4");
        var ofDirectory = await site.RunAsync("--target=Plan", $"--source={site.Source}", "--buckets=4");

        foreach (var (plan, name) in new[] { (ofCluster, "127.0.0.1"), (ofDirectory, "source") })
        {
            plan.ExitCode.ShouldBe(0, plan.Output);
            Directory.GetFiles(site[$"artifacts/runs/{name}"], "qsync_*_bucket?.txt", SearchOption.AllDirectories).Length.ShouldBe(4);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_address_of_IPv6_is_said_as_URLs_have_it()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "No IPv6 here.");
        await using var emulated = await EmulatedCluster.StartAsync(
            new EmulatorOptions("synthetic:files=1e3") { Address = "::1" }, TimeProvider.System, TestContext.Current.CancellationToken);

        EmulateOptions.Describe(emulated, "a tree", plain: false).First().ShouldBe($"a tree is served at https://[::1]:{emulated.Port}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_is_copied_from_a_source_that_only_the_command_line_names()
    {
        Needs.Rsync();
        using var site = new Site();
        site.AddFile("a");

        var run = await site.MigrateAsync($"--source={site.Source}");

        run.ExitCode.ShouldBe(2, run.Output);
        run.Output.ShouldContain("--source is for plans");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_with_the_line_that_would_trust_it()
    {
        using var site = new Site();
        site.AddFile("a");
        using var cluster = await Emulated.StartAsync(site);
        site.WriteClusterManifest(cluster.Unchecked);

        var refused = await site.RunAsync("--target=Stats");

        refused.ExitCode.ShouldBe(3, refused.Output);
        refused.Output.ShouldContain($"fingerprint: {cluster.Fingerprint}");
        cluster.Requests.ShouldBeEmpty();
        site.WriteClusterManifest($"{cluster.Unchecked}, fingerprint: {cluster.Fingerprint}");
        (await site.RunAsync("--target=Stats")).ExitCode.ShouldBe(0);
        site.WriteClusterManifest($"{cluster.Unchecked}, insecure: true");
        var insecure = await site.RunAsync("--target=Stats", "--verbosity=quiet");
        insecure.ExitCode.ShouldBe(0);
        insecure.Output.ShouldContain("WARNING: cluster music: its certificate is NOT checked");
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_secret_is_ever_printed_or_written()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 8; i++) site.AddFile($"reel-{i}", 10_000);
        using var cluster = await Emulated.StartAsync(site, "--faults=unauthorized-after=2");
        site.WriteClusterManifest(cluster.Keys, "snapshot: new");

        var said = new List<string>();
        foreach (var target in (string[])["Validate", "Stats", "Plan", "Migrate", "Default"])
        {
            var run = await site.RunAsync($"--target={target}", "--verbosity=diagnostic");
            run.ExitCode.ShouldBe(0, run.Output);
            said.Add(run.Output);
        }
        site.SetVariable("MUSIC_PASSWORD", "wrong-horse-4712");
        var refused = await site.RunAsync("--target=Plan", "--verbosity=diagnostic");
        refused.ExitCode.ShouldBe(3, refused.Output);
        said.Add(refused.Output);

        var written = Directory.EnumerateFiles(site["artifacts"], "*", SearchOption.AllDirectories).Append(site["requests.log"]).Select(File.ReadAllText);
        foreach (var text in said.Concat(written))
        {
            text.ShouldNotContain(Emulated.Password);
            text.ShouldNotContain("wrong-horse-4712");
            text.ShouldNotContain("session-v1:");
            text.ShouldNotContain("Bearer ");
        }
    }
}
