using QSplit.Testing;

namespace QSplit.Tests.Transports;

/// <summary>Many scripts on one host at once.</summary>
public sealed class ManyScriptsSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>
{
    [Fact(Timeout = HangLimit)]
    public async Task Thirty_scripts_at_once_go_over_a_few_connections()
    {
        LoopbackHosts.Need();
        var transport = ways.To(2);
        var begun = new CountdownEvent(30);
        var go = Path.Combine(ways.Hosts[2].Folder, "go");

        var running = Enumerable.Range(0, 30).Select(i => Heard.ByAsync(
            transport, Scripted.Lines($"echo {i}; while ! [ -e '{go}' ]; do sleep 0.2; done"), heard: _ => begun.Signal())).ToList();
        await Task.Run(() => begun.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var connections = ways.Hosts.Connections(2).Count;
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);

        (await Task.WhenAll(running)).ShouldAllBe(heard => heard.End.IsKnown && heard.End.ExitCode == 0 && heard.Output.Length == 1);
        connections.ShouldBe(4);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_drops_connections_before_they_are_signed_in_gets_them_again()
    {
        LoopbackHosts.Need();
        var host = LoopbackHosts.Of(ways.Hosts.Start(3, "MaxStartups 2:100:2"));
        using var sockets = new TemporaryFolder();
        var controllers = Enumerable.Range(0, 5).Select(_ => LoopbackHosts.NewConnections(sockets.Path)).ToList();

        var heard = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Heard.ByAsync(controllers[i % 5].To(host), Scripted.Lines($"echo {i}"))));

        heard.Select(h => h.Output.SingleOrDefault(h.End.Words)).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
        foreach (var controller in controllers) await controller.DisposeAsync();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_allows_few_sessions_a_connection_runs_them_all()
    {
        LoopbackHosts.Need();
        var host = LoopbackHosts.Of(ways.Hosts.Start(4, "MaxSessions 2"));

        var heard = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Heard.ByAsync(ways.Connections.To(host), Scripted.Fenced(Scripted.Sh($"sleep 0.5; echo {i}")))));

        heard.Select(h => h.Output.SingleOrDefault(h.End.Words)).ShouldBe(Enumerable.Range(0, 5).Select(i => $"{i}"));
    }
}
