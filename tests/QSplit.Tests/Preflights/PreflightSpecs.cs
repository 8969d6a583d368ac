using QSplit.Preflights;
using QSplit.Testing;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Tests.Preflights;

public sealed class PreflightSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Hosts_that_see_the_same_two_trees_are_good_and_nothing_stays_on_them()
    {
        using var hosts = new MadeHosts { Options = ["-AX"], Witnesses = [EntryPath.Parse("one"), EntryPath.Parse("two")] }.Add("dtn1").Add("dtn2").Add("dtn3");
        hosts.Folder.MakeDirectory("source/with ' \" $(x) a name");

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeTrue(fleet.WhyNot);
        fleet.WhyNot.ShouldBeEmpty();
        foreach (var host in fleet.Hosts)
        {
            host.WhyNot.ShouldBeNull();
            host.Place.ShouldBe("this machine");
            Version.Parse(host.Rsync.ShouldNotBeNull()).ShouldBeGreaterThanOrEqualTo(new Version(3, 2, 3));
            host.FreeBytes.ShouldNotBeNull().ShouldBeGreaterThan(0);
            host.ClockDifference.ShouldBe(TimeSpan.Zero);
            host.KeepsNanoseconds.ShouldBe(NanosecondTimes.AreKeptIn(hosts.Folder["target"]));
        }
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_is_not_there_is_no_problem_when_what_it_lies_in_is()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["new"], MadeHosts.Local(Environment.GetEnvironmentVariable("PATH")!));

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeTrue(fleet.WhyNot);
        Directory.Exists(hosts.Folder["new"]).ShouldBeFalse();
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_has_nothing_to_lie_in_is_said_with_what_to_do_about_it()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["no such/archive"], MadeHosts.Local(Environment.GetEnvironmentVariable("PATH")!));

        (await hosts.PreflightAsync()).WhyNot.ShouldBe(
            $"dtn1: The target is to be {hosts.Folder["no such/archive"]}, but {hosts.Folder["no such"]} is not there. Mount it, or make it: mkdir -p '{hosts.Folder["no such"]}'");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("missing", "is not there or is not a directory. Is it mounted?")]
    [InlineData("source/one", "is not there or is not a directory. Is it mounted?")]
    [InlineData("empty", "is not the tree that was planned: 2 of 2 planned paths that were looked for are not there, first ./one. Is it mounted?")]
    public async Task A_source_that_is_not_the_planned_one_stops_the_migration_for_all(string source, string why)
    {
        using var hosts = new MadeHosts { Witnesses = [EntryPath.Parse("one"), EntryPath.Parse("two")] };
        hosts.Folder.MakeDirectory("empty");
        hosts.Add("dtn1").Add("dtn2", source);

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeFalse();
        fleet.Of("dtn1")!.WhyNot.ShouldBeNull();
        fleet.Of("dtn2")!.WhyNot.ShouldNotBeNull().ShouldEndWith(why);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("empty")]
    [InlineData("another")]
    public async Task A_host_with_another_source_is_told_from_the_others_before_there_is_a_plan(string source)
    {
        using var hosts = new MadeHosts();
        hosts.Folder.MakeDirectory("empty");
        foreach (var name in (string[])["four", "five", "six"]) hosts.Folder.MakeDirectory($"another/{name}");
        hosts.Add("dtn1", source).Add("dtn2").Add("dtn3");

        var fleet = await hosts.PreflightAsync();

        fleet.Of("dtn1")!.WhyNot.ShouldNotBeNull().ShouldContain($"It sees another tree at {hosts.Folder["dtn1-source"]} than dtn2 does at {hosts.Folder["dtn2-source"]}");
        fleet.Of("dtn2")!.WhyNot.ShouldBeNull();
        fleet.Of("dtn3")!.WhyNot.ShouldBeNull();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_with_another_target_does_not_see_what_the_first_one_wrote()
    {
        using var hosts = new MadeHosts();
        hosts.Folder.MakeDirectory("elsewhere");
        hosts.Add("dtn1").Add("dtn2").Add("dtn3", target: "elsewhere");

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeFalse();
        fleet.Of("dtn3")!.WhyNot.ShouldNotBeNull().ShouldStartWith(
            $"It does not see what dtn1 wrote in the target, here {hosts.Folder["dtn3-target"]}: are both the same file system?");
        fleet.Of("dtn2")!.IsUsable.ShouldBeTrue();
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_user_who_may_not_write_in_the_target_is_told_so()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to be another user.");
        using var hosts = new MadeHosts();
        hosts.AddAsNobody("dtn1");

        var host = (await hosts.PreflightAsync()).Hosts.Single();

        host.WhyNot.ShouldNotBeNull().ShouldContain($"{hosts.Folder["target"]} cannot be written in by user 65534: Permission denied.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_user_who_is_not_root_can_copy_what_is_his()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to be another user.");
        using var hosts = new MadeHosts();
        Tool.Read("chmod", "777", hosts.Folder["target"]);
        Tool.Read("chown", "-R", "65534:65534", hosts.Folder["source"]);
        hosts.Add("dtn1").AddAsNobody("dtn2");

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeTrue(fleet.WhyNot);
        fleet.Of("dtn2")!.Findings.ShouldContain(f => f.Severity == Severity.Warning && f.Text.Contains(" All entries of the source that were looked at (4) belong to what they would get: for those nothing is lost. "));
        fleet.Of("dtn1")!.Findings.ShouldNotContain(f => f.Text.Contains("Owners"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_full_target_is_a_problem()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount a small file system.");
        using var hosts = new MadeHosts();
        var target = hosts.Folder.MakeDirectory("small");
        if (Tool.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", target).ExitCode != 0) Assert.Skip("Needs leave to mount.");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(target, "ballast"), new byte[64 << 10], TestContext.Current.CancellationToken);
            hosts.Add("dtn1", target: "small");

            (await hosts.PreflightAsync()).WhyNot.ShouldContain($"{hosts.Folder["dtn1-target"]} is full");
        }
        finally
        {
            Tool.Read("umount", target);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_shell_answers_the_same()
    {
        if (Tool.Run("/bin/sh", "-c", "command -v bash").ExitCode != 0) Assert.Skip("Needs bash: apt-get install bash");
        using var hosts = new MadeHosts { Options = ["-AX"], Witnesses = [EntryPath.Parse("one")] };
        hosts.Add("dtn1").Add("dtn2", hosts.Folder["source"], hosts.Folder["target"], MadeHosts.By("bash"));

        var fleet = await hosts.PreflightAsync();

        fleet.Hosts.ShouldAllBe(h => h.IsUsable);
        fleet.Of("dtn2")!.Findings.ShouldBe(fleet.Of("dtn1")!.Findings);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_machine_without_any_programs_is_told_what_to_install()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1", hosts.Folder["source"], hosts.Folder["target"], MadeHosts.Local(hosts.Folder["source"]));

        var host = (await hosts.PreflightAsync()).Hosts.Single();

        host.IsDown.ShouldBeFalse();
        host.WhyNot.ShouldNotBeNull().ShouldSatisfyAllConditions(why => why.ShouldContain("head: not found"), why => why.ShouldContain("apt-get install rsync"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_is_down_is_a_warning_as_long_as_another_can_do_the_work()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1").Add("dtn2");
        hosts.Lead("dtn1", way => new WatchedWay(way, _ => ScriptEnd.NotSent(false, "dtn1 cannot be reached: Connection refused.")));

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeTrue();
        fleet.Of("dtn1")!.ShouldSatisfyAllConditions(
            h => h.IsDown.ShouldBeTrue(),
            h => h.WhyNot.ShouldBe("dtn1 cannot be reached: Connection refused."),
            h => h.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning));

        hosts.Lead("dtn2", way => new WatchedWay(way, _ => ScriptEnd.NotSent(false, "dtn2 cannot be reached.")));
        (await hosts.PreflightAsync()).CanGoOn.ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task When_the_writer_goes_another_host_writes_and_nothing_is_left()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1").Add("dtn2").Add("dtn3");
        hosts.Lead("dtn1", way => new WatchedWay(way, n => n > 1 ? ScriptEnd.NotSent(false, "gone") : null));

        var fleet = await hosts.PreflightAsync();

        fleet.Of("dtn3")!.IsUsable.ShouldBeTrue(fleet.WhyNot);
        fleet.Of("dtn3")!.KeepsNanoseconds.ShouldBe(NanosecondTimes.AreKeptIn(hosts.Folder["target"]));
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_interruption_leaves_no_probe_behind()
    {
        using var hosts = new MadeHosts();
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hosts.Add("dtn1");
        var written = false;
        hosts.Lead("dtn1", way => new WatchedWay(way, n =>
        {
            if (n == 3)
            {
                written = hosts.Probes().Any();
                interruption.Cancel();
            }
            return null;
        }));

        await Should.ThrowAsync<OperationCanceledException>(() => hosts.PreflightAsync(token: interruption.Token));

        written.ShouldBeTrue();
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_does_not_answer_is_given_up_after_a_minute()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1");
        var time = new ManualTime();
        var fleet = await Preflight.RunAsync(hosts.Request(), _ => new HangingWay(time), time, TestContext.Current.CancellationToken);

        fleet.CanGoOn.ShouldBeFalse();
        fleet.Hosts.Single().IsDown.ShouldBeTrue();
        fleet.WhyNot.ShouldBe("dtn1: mover@dtn1 did not answer within 60 s when it was asked about /mnt/old: does a mount hang there? Try: df");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_comes_later_is_compared_with_those_that_were_there()
    {
        using var hosts = new MadeHosts();
        hosts.Folder.MakeDirectory("elsewhere");
        hosts.Add("dtn1");
        var before = await hosts.PreflightAsync();
        hosts.Add("dtn2").Add("dtn3", target: "elsewhere").Add("dtn4", source: "elsewhere");

        (await hosts.PreflightOneAsync("dtn2", before)).ShouldSatisfyAllConditions(
            h => h.WhyNot.ShouldBeNull(), h => h.KeepsNanoseconds.ShouldBe(NanosecondTimes.AreKeptIn(hosts.Folder["target"])));
        (await hosts.PreflightOneAsync("dtn3", before)).WhyNot.ShouldNotBeNull().ShouldContain("It does not see what dtn1 wrote");
        (await hosts.PreflightOneAsync("dtn4", before)).WhyNot.ShouldNotBeNull().ShouldContain("It sees another tree");
        hosts.Probes().ShouldBeEmpty();
    }

    private sealed class HangingWay(ManualTime time) : ITransport
    {
        public string Place => "mover@dtn1";

        public async Task<ScriptEnd> RunAsync(QSplit.Scripts.Script script, Listener listener, CancellationToken cancellationToken)
        {
            listener.Said("at /mnt/old");
            time.Advance(TimeSpan.FromSeconds(61));
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            return new ScriptEnd(143, true, false, true, TimeSpan.FromSeconds(61), "");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
