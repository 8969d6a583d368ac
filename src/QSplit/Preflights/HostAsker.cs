using QSplit.Manifests;
using QSplit.Scripts;
using QSplit.Transports;

namespace QSplit.Preflights;

/// <summary>Runs the scripts of a preflight on hosts: a few hosts at a time, none for longer than <see cref="Patience"/>.</summary>
internal sealed class HostAsker(Func<Host, ITransport> wayTo, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Its patience with a host begins when it is asked, not while others are.
    private const int MostAtOnce = 32;
    private readonly SemaphoreSlim _gate = new(MostAtOnce);

    public string PlaceOf(Host host) => wayTo(host).Place;

    public void Dispose() => _gate.Dispose();

    /// <summary>Runs a script to its end; a host that cannot be reached, or does not answer in time, is an outcome.</summary>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public async Task<HostReply> AskAsync(Host host, Script script, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await HearAsync(host, script, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<HostReply> HearAsync(Host host, Script script, CancellationToken cancellationToken)
    {
        var (lines, sent) = (new List<HeardLine>(), time.GetUtcNow());
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        // What a script says and what its programs print come by one stream, from one thread.
        var listener = new Listener(line => Keep(false, line), _ => { }, line => Keep(true, line));
        try
        {
            var end = await wayTo(host).RunAsync(script, listener, either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            return new HostReply(lines, end, end.WasInterrupted && late.IsCancellationRequested ? Late(host, lines) : null);
        }
        catch (StorageException e)
        {
            return new HostReply([], ScriptEnd.NotSent(false, ""), e.Message);
        }

        void Keep(bool isSaid, string line) => lines.Add(new HeardLine(isSaid, line, sent, time.GetUtcNow()));
    }

    private string Late(Host host, List<HeardLine> lines)
    {
        var at = lines.LastOrDefault(line => line.IsSaid && line.Line.StartsWith("at ", StringComparison.Ordinal)).Line;
        return $"{PlaceOf(host)} did not answer within {Patience.TotalSeconds:0} s{(at is null ? "" : $" when it was asked about {at[3..]}")}: does a mount hang there? Try: df";
    }
}

/// <summary>What came of a script on a host.</summary>
/// <param name="Trouble">Why there is no whole answer, where that is not in <paramref name="End"/>; null otherwise.</param>
internal sealed record HostReply(IReadOnlyList<HeardLine> Lines, ScriptEnd End, string? Trouble)
{
    public bool IsWhole => Trouble is null && End.IsKnown;

    /// <summary>Why the host counts as down; null when it answered, or when it can be reached and runs no scripts.</summary>
    public string? WhyDown(string place) => IsWhole || IsUnfit ? null
        : Trouble ?? (End.Began ? $"The connection to {place} ended before the host had answered. Is it up, and is there a way to it?" : Words(place));

    /// <summary>Why the host runs no scripts although it can be reached; null otherwise.</summary>
    public string? WhyUnfit(string place) => !IsUnfit ? null
        : $"{place} did not get the script that it was sent: {LastWords}. Is head on its PATH, or does a profile read standard input? If programs are missing: apt-get install coreutils grep sed, apt-get install rsync";

    private bool IsUnfit => Trouble is null && !End.Began && End.ExitCode == Boot.Cut;

    private string LastWords => string.Join(", ", End.Words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(2));

    private string Words(string place) => End.Words.Length > 0 ? End.Words : $"{place} cannot be reached: its shell ended with {End.ExitCode} and said nothing. Try it by hand.";
}
