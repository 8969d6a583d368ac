using System.Collections.Immutable;
using QSplit.Processes;
using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>Runs one script through a program that leads to a shell.</summary>
internal sealed class ScriptRun(Supervisor supervisor, ImmutableDictionary<string, string> environment)
{
    // A session of its own: Ctrl-C on a terminal reaches every process of the terminal's group, and would end them before they can be ended in good order.
    private readonly ImmutableArray<string> _apart = SearchPath.Has(environment, "setsid") ? ["setsid"] : [];

    /// <param name="lineTo">What to start for a line of shell.</param>
    /// <param name="isRemote">Whether the shell is on another machine.</param>
    public async Task<ScriptEnd> RunAsync(Func<string, ImmutableArray<string>> lineTo, bool isRemote, Script script, Listener listener, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ScriptEnd.NotSent(true, "");
        var nonce = Boot.NewNonce();
        var (line, input) = script.IsBatch ? CmdBoot.Of(script, nonce) : Boot.Of(script, nonce, isRemote);
        var heard = new ScriptOutput(nonce, listener);
        var result = await supervisor.RunAsync(Start(lineTo(line), input, script.IsFenced ? Fence.Beat : null), heard.Output, heard.Error, cancellationToken);
        return new ScriptEnd(heard.Code ?? result.ExitCode, heard.Began, heard.Code is not null, result.WasInterrupted, result.Elapsed, heard.Words);
    }

    /// <summary>The command that starts <paramref name="words"/>, whose standard input stays open behind <paramref name="input"/> when there is a beat.</summary>
    public Command Start(ImmutableArray<string> words, ReadOnlyMemory<byte> input, TimeSpan? beat)
    {
        ImmutableArray<string> all = [.. _apart, .. words];
        return new Command(all[0], all.RemoveAt(0), input, beat is not null, environment) { Beat = beat };
    }
}
