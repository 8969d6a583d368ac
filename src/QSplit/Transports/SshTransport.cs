using QSplit.Manifests;
using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>Another machine, by the system's ssh.</summary>
internal sealed class SshTransport(Host host, SshMasters masters, ScriptRun run) : ITransport
{
    public string Place => SshArguments.Place(host);

    public async Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken)
    {
        while (!masters.IsOneEach)
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
                if (end.Began || end.WasInterrupted || !SshWords.HasNoSession(end.Words)) return Told(end);
                // Nothing went to the host: the connection is full, or it is gone and that is not known here yet.
                if (SshWords.IsSessionRefused(end.Words)) masters.IsFull(master);
                else master.IsGone = true;
            }
            finally
            {
                masters.Return(master);
            }
        }
        return Told(await run.RunAsync(line => SshArguments.Alone(host, line), true, script, listener, cancellationToken));
    }

    private ScriptEnd Told(ScriptEnd end) => end.Began || end.IsKnown || end.WasInterrupted ? end : end with { Words = SshWords.WhyNot(host, end.Words) };

    public ValueTask DisposeAsync() => masters.DisposeAsync();
}
