using QSplit.Testing;

namespace QSplit.Tests.Transports;

/// <summary>However a connection ends, what it was for ends on the host.</summary>
public sealed class LostConnectionSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>
{
    [Theory(Timeout = HangLimit)]
    [InlineData("the client")]
    [InlineData("the master")]
    [InlineData("sshd")]
    [InlineData("a silent cut")]
    [InlineData("the host's power")]
    public async Task A_connection_that_is_lost_ends_what_ran_and_I_know_that_I_have_not_heard_it(string end)
    {
        var host = ways.Of(2);
        using var sockets = new TemporaryFolder();
        await using var connections = LoopbackHosts.NewConnections(sockets.Path);
        var mark = Scripted.NewMark();
        var begun = new TaskCompletionSource();

        var running = Heard.ByAsync(connections.To(host), Scripted.Fenced(Scripted.Sh($"echo begun; exec sleep {mark}")), heard: _ => begun.TrySetResult());
        await Task.WhenAny(begun.Task, running);
        await ProcessTable.OneIsThereAsync($"^sleep {mark}$");
        Lose(end, sockets.Path);

        await ProcessTable.NoneIsLeftAsync(mark);
        if (end == "a silent cut") Tool.Read("pkill", "-9", "-f", $"ControlMaster=yes.*{sockets.Path}");
        (await running).End.ShouldSatisfyAllConditions(e => e.Began.ShouldBeTrue(), e => e.IsKnown.ShouldBeFalse(), e => e.IsLoose.ShouldBeTrue(), e => e.WasInterrupted.ShouldBeFalse());

        // The next one connects anew.
        var _ = ways.Hosts[2];
        var again = await Heard.ByAsync(connections.To(host), Scripted.Lines("echo again"));
        again.Output.ShouldBe(["again"], $"{again.End}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_is_left_after_the_controller_was_killed()
    {
        LoopbackHosts.Need();
        var host = ways.Hosts[3];
        var mark = Scripted.NewMark();
        using var controller = DummyProgram.Start(
            "fence-over", host.Address, host.User, $"{host.Port}", host.SshConfig, "100000", "/bin/sh", "-c", $"head -c 100000 >/dev/null; echo begun; exec sleep {mark}");
        (await controller.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("begun");
        await ProcessTable.OneIsThereAsync($"^sleep {mark}$");
        ProcessTable.Count($"ControlMaster=yes.*{host.Port}").ShouldBe(1);

        controller.Kill();

        await ProcessTable.NoneIsLeftAsync(mark);
        await ProcessTable.NoneIsLeftAsync($"ControlMaster=.*{host.Port}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_process_of_a_real_rsync_is_left_either()
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not there: install package rsync");
        var host = ways.Of(5);
        using var trees = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(trees.MakeDirectory("source"), "file"), new byte[10_000_000], TestContext.Current.CancellationToken);
        var rsync = Scripted.Fenced(["rsync", "-a", "--bwlimit=10k", "--out-format=%n", "--from0", "--files-from=-", "--", trees["source"] + "/", trees["target"] + "/"], "./file\0"u8.ToArray());

        var running = Heard.ByAsync(ways.Connections.To(host), rsync);
        while (!running.IsCompleted && !Directory.Exists(trees["target"])) await Task.Delay(20, TestContext.Current.CancellationToken);
        ways.Hosts.Running(5).Count.ShouldBeGreaterThan(3);
        foreach (var connection in ways.Hosts.Connections(5)) Tool.Run("kill", "-9", $"{connection}");

        (await running).End.IsLoose.ShouldBeTrue();
        await ProcessTable.NoneIsLeftAsync($"rsync.*{trees.Path}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_connection_is_left_when_the_ways_are_disposed()
    {
        var host = ways.Of(4);
        using var sockets = new TemporaryFolder();
        await using (var connections = LoopbackHosts.NewConnections(sockets.Path))
        {
            await Heard.ByAsync(connections.To(host), Scripted.Lines("true"));
            ProcessTable.Count(sockets.Path).ShouldBe(1);
        }

        ProcessTable.Count(sockets.Path).ShouldBe(0);
        Directory.EnumerateFileSystemEntries(sockets.Path).ShouldBeEmpty();
    }

    private void Lose(string what, string sockets)
    {
        switch (what)
        {
            case "the client":
                Tool.Read("pkill", "-9", "-f", $"ControlMaster=no.*{sockets}");
                break;
            case "the master":
                Tool.Read("pkill", "-9", "-f", $"ControlMaster=yes.*{sockets}");
                break;
            case "a silent cut":
                Tool.Read("pkill", "-STOP", "-f", $"ControlMaster=yes.*{sockets}");
                break;
            case "sshd":
                foreach (var connection in ways.Hosts.Connections(2)) Tool.Run("kill", "-9", $"{connection}");
                break;
            default:
                ways.Hosts.Stop(2);
                break;
        }
    }
}
