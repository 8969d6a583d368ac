using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Processes;

namespace QSplit.Tests;

/// <summary>A command that was run, with all that it said.</summary>
internal sealed record Said(CommandResult Result, ImmutableArray<string> Output, ImmutableArray<string> Errors)
{
    /// <summary>Runs it to its end, or until the token is cancelled.</summary>
    public static async Task<Said> ByAsync(Command command, TimeSpan? grace = null, CancellationToken? cancellationToken = null, Action<string>? heard = null)
    {
        var (output, errors) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var result = await new Supervisor(TimeProvider.System, grace ?? TimeSpan.FromSeconds(10)).RunAsync(
            command,
            line =>
            {
                output.Enqueue(line);
                heard?.Invoke(line);
            },
            errors.Enqueue,
            cancellationToken ?? TestContext.Current.CancellationToken);
        return new(result, [.. output], [.. errors]);
    }
}
