using System.Collections.Immutable;
using QSplit.Processes;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Fleets;

/// <summary>What one attempt is to do.</summary>
/// <param name="Work">For the log and the events.</param>
/// <param name="Attempt">From 1, over the whole run.</param>
/// <param name="Pass">Which of rsync's forms; a tail of the seal copies as the baseline does.</param>
/// <param name="List">What rsync reads, separated by NUL.</param>
internal sealed record Transfer(WorkUnit Work, int Attempt, Pass Pass, ReadOnlyMemory<byte> List, RsyncPaths Paths, ImmutableArray<EntryPath> Witnesses);

/// <summary>What one attempt came to.</summary>
/// <param name="Directories">Those that a seal came by; of other passes none.</param>
internal sealed record Transferred(TransferOutcome Outcome, Moved Moved, TimeSpan Elapsed, IReadOnlyList<EntryPath> Directories);

/// <summary>Runs one rsync on this machine, fenced, and reads what it says. The effects of an attempt are all here.</summary>
internal sealed class Mover(Supervisor supervisor, ImmutableDictionary<string, string> environment, string logFolder)
{
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(1);

    // Variables such as RSYNC_OLD_ARGS change what arguments mean; LC_ALL=C makes the messages and the escapes of names known ones.
    private readonly ImmutableDictionary<string, string> _environment = environment
        .RemoveRange(environment.Keys.Where(k => k.StartsWith("RSYNC_", StringComparison.Ordinal) || k.StartsWith("LC_", StringComparison.Ordinal) || k is "LANG" or "LANGUAGE"))
        .SetItem("LC_ALL", "C");

    /// <param name="transfer">What to do.</param>
    /// <param name="progress">Given the logical bytes gone across so far, as they go.</param>
    /// <param name="cancellationToken">Ends the rsync: first asked, then killed. The outcome says so; nothing is thrown.</param>
    public async Task<Transferred> RunAsync(Transfer transfer, Action<long> progress, CancellationToken cancellationToken)
    {
        using var log = new AttemptLog(logFolder, transfer.Work.FileName(), transfer.Attempt);
        if (WhyNotTheTree(transfer) is { } why) return Refused(log, why);
        var output = new RsyncOutput(progress);
        var errors = new RsyncErrors(transfer.Paths.Source, transfer.Paths.Target, path => LocalEntries.Exists(transfer.Paths.Source, path));
        var rsync = RsyncArguments.For(transfer.Pass, transfer.Paths);
        log.Add("$ " + string.Join(' ', rsync.Select(ShellQuote.Quote)) + $"   # a list of {transfer.List.Length} bytes on standard input");
        var result = await supervisor.RunAsync(
            Fence.Around(rsync, transfer.List, _environment),
            line =>
            {
                if (output.Add(line)) log.Add(line);
            },
            line =>
            {
                errors.Add(line);
                log.Add(line);
            },
            cancellationToken);
        var interrupted = result.WasInterrupted || (RsyncExit.IsSignal(result.ExitCode) && await IsInterruptedSoonAsync(cancellationToken));
        var outcome = RsyncExit.Read(result.ExitCode, interrupted, errors);
        // An entry may be gone from a live source; a source that is gone altogether is another matter.
        if (outcome is TransferOutcome.Succeeded { Vanished: > 0 } && WhyNotTheTree(transfer) is { } gone) return Refused(log, gone);
        log.Add($"# exit {result.ExitCode}{(interrupted ? ", interrupted" : "")}, {result.Elapsed.TotalSeconds:F1} s");
        return new Transferred(outcome, output.Moved, result.Elapsed, output.Directories);
    }

    // Ctrl-C on a terminal reaches every process at once: on a busy machine rsync has ended by it before this one has heard.
    private static async Task<bool> IsInterruptedSoonAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Hearing, TimeProvider.System, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        return cancellationToken.IsCancellationRequested;
    }

    private static string? WhyNotTheTree(Transfer transfer) =>
        Witnesses.WhyNotTheTree(transfer.Paths.Source, transfer.Witnesses, path => LocalEntries.Exists(transfer.Paths.Source, path));

    private static Transferred Refused(AttemptLog log, string why)
    {
        log.Add("# " + why);
        return new Transferred(new TransferOutcome.Refused(0, why), default, TimeSpan.Zero, []);
    }
}
