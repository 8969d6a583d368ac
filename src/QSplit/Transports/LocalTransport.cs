using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>This machine, which is asked in the same way as any other.</summary>
internal sealed class LocalTransport(ScriptRun run) : ITransport
{
    public string Place => "this machine";

    public Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken) =>
        run.RunAsync(line => ["/bin/sh", "-c", line], false, script, listener, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
