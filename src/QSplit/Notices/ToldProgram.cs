using System.Collections.Immutable;
using QSplit.Processes;

namespace QSplit.Notices;

/// <summary>Tells a program: all of it on standard input, the main parts as variables, nothing in its arguments, which other users of the machine can read.</summary>
/// <param name="environment">What the program inherits.</param>
internal sealed class ToldProgram(TimeProvider time, ImmutableDictionary<string, string> environment)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long the program may take. Ten seconds by default.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <returns>Why it was not told, as the rest of a sentence about it; null when it was.</returns>
    public async Task<string?> TellAsync(ImmutableArray<string> line, Notice notice, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(Limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        string? last = null;
        try
        {
            var result = await new Supervisor(time, Grace).RunAsync(
                new Command(line[0], line[1..], notice.ToJson(), false, VariablesOf(notice)), _ => { }, said => last = said, end.Token);
            return result.WasInterrupted ? $"did not end within {Limit.TotalSeconds:0.#} s"
                : result.ExitCode != 0 ? $"exited {result.ExitCode}{(last is null ? "" : $" ({last})")}"
                : null;
        }
        catch (StorageException e)
        {
            return $"could not be started: {e.Message}";
        }
    }

    private ImmutableDictionary<string, string> VariablesOf(Notice notice) => environment.SetItems(
    [
        new("QSPLIT_EVENT", notice.Event.ToString().ToLowerInvariant()),
        new("QSPLIT_MIGRATION", notice.Migration),
        new("QSPLIT_RUN", notice.Run ?? ""),
        new("QSPLIT_TEXT", notice.Text),
    ]);
}
