using QSplit.Manifests;
using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>Another machine, by the system's ssh.</summary>
internal sealed class SshTransport(Host host, SshMasters masters, ScriptRun run) : ITransport
{
    public string Place => SshArguments.Place(host);

    public async Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken)
    {
        SshMaster? master;
        try
        {
            (master, var words) = await masters.RentAsync(cancellationToken);
            if (master is null) return ScriptEnd.NotSent(false, SshWords.WhyNot(host, words));
        }
        catch (OperationCanceledException)
        {
            return ScriptEnd.NotSent(true, "");
        }
        try
        {
            var end = await run.RunAsync(line => SshArguments.OverMaster(host, master.Socket, line), true, script, listener, cancellationToken);
            return end.Began || end.IsKnown ? end : end with { Words = SshWords.WhyNot(host, end.Words) };
        }
        finally
        {
            masters.Return(master);
        }
    }

    public ValueTask DisposeAsync() => masters.DisposeAsync();
}
