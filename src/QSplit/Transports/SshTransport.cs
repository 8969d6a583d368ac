using QSplit.Manifests;
using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>Another machine, by the system's ssh.</summary>
internal sealed class SshTransport(Host host, SshMasters masters, ScriptRun run, TimeProvider time) : ITransport
{
    // As many as a host may take to let one session in after another of those it has been sent at once.
    private const int MostTries = 12;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    public string Place => SshArguments.Place(host);

    public async Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken)
    {
        var refused = 0;
        for (var attempt = 1; !masters.IsOneEach; attempt++)
        {
            SshMaster? master;
            try
            {
                if (attempt > 1) await Task.Delay(BetweenTries, time, cancellationToken);
                (master, var words) = await masters.RentAsync(cancellationToken);
                if (master is null) return ScriptEnd.NotSent(false, SshWords.WhyNot(host, words));
            }
            catch (OperationCanceledException)
            {
                return ScriptEnd.NotSent(true, "");
            }
            var sessions = master.Sessions;
            try
            {
                var end = await run.RunAsync(line => SshArguments.OverMaster(host, master.Socket, line), true, script, listener, cancellationToken);
                if (end.Began || end.WasInterrupted || !SshWords.HasNoSession(end.ExitCode, end.Words)) return Told(end);
                // Nothing went to the host: the connection is full (or was for a moment: the host may not have seen yet that others ended), or it is
                // gone and that is not known here yet.
                if (!SshWords.IsSessionRefused(end.Words)) master.IsGone = true;
                else if (++refused > 1) masters.AreFull(sessions);
                if (attempt < MostTries) continue;
                // A host that is busy may go on refusing what it would let in over a connection of its own.
                if (SshWords.IsSessionRefused(end.Words)) break;
                return ScriptEnd.NotSent(false, SshWords.WhyNot(host, SshWords.NoConnection));
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
