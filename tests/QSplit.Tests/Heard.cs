using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Processes;
using QSplit.Scripts;
using QSplit.Transports;

namespace QSplit.Tests;

/// <summary>A script that was run, with all that it and its program said.</summary>
internal sealed record Heard(ScriptEnd End, ImmutableArray<string> Output, ImmutableArray<string> Errors, ImmutableArray<string> Said)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>Runs it on this machine.</summary>
    public static Task<Heard> HereAsync(Script script, CancellationToken? cancellationToken = null, Action<string>? heard = null, ImmutableDictionary<string, string>? environment = null) =>
        ByAsync(new LocalTransport(Run(environment)), script, cancellationToken, heard);

    /// <summary>Runs it in another shell of this machine; as if from another machine, so that beats count.</summary>
    public static Task<Heard> InShellAsync(ImmutableArray<string> shell, Script script, CancellationToken? cancellationToken = null, Action<string>? heard = null) =>
        ByAsync(listener => Run(null).RunAsync(line => [.. shell, "-c", line], true, script, listener, cancellationToken ?? TestContext.Current.CancellationToken), heard);

    /// <summary>Runs it to its end, or until the token is cancelled.</summary>
    public static Task<Heard> ByAsync(ITransport transport, Script script, CancellationToken? cancellationToken = null, Action<string>? heard = null) =>
        ByAsync(listener => transport.RunAsync(script, listener, cancellationToken ?? TestContext.Current.CancellationToken), heard);

    private static async Task<Heard> ByAsync(Func<Listener, Task<ScriptEnd>> run, Action<string>? heard)
    {
        var (output, errors, said) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var listener = new Listener(
            line =>
            {
                output.Enqueue(line);
                heard?.Invoke(line);
            },
            errors.Enqueue,
            said.Enqueue);
        var end = await run(listener);
        return new(end, [.. output], [.. errors], [.. said]);
    }

    private static ScriptRun Run(ImmutableDictionary<string, string>? environment) =>
        new(new Supervisor(TimeProvider.System, Grace), environment ?? DummyProgram.Environment);
}
