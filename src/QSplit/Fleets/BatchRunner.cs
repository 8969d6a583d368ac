using System.Collections.Immutable;
using QSplit.CmdScripts;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Fleets;

/// <summary>What one attempt by robocopy is to do.</summary>
/// <param name="Work">For the log and the events.</param>
/// <param name="Attempt">From 1, over the whole run.</param>
/// <param name="Witnesses">Planned paths that tell whether the source is the planned tree.</param>
/// <param name="Lease">Names the work among all that may run: the same for each attempt at it.</param>
internal sealed record BatchTransfer(
    WorkUnit Work, int Attempt, Pass Pass, ImmutableArray<RobocopyJob> Jobs, RobocopyPaths Paths, ImmutableArray<EntryPath> Witnesses, string Lease);

/// <summary>Runs the robocopies of one attempt on a Windows host, and reads what they say. The effects of such an attempt are all here.</summary>
internal sealed class BatchRunner(TimeProvider time, string logFolder)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    // A plan's buckets take 15 minutes at the most, as it estimates them; an earlier attempt ends with the robocopy that it is at.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // How long an interrupted run may take to tell a host.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    private static readonly Listener Nobody = new(_ => { }, _ => { }, _ => { });

    /// <param name="transfer">What to do.</param>
    /// <param name="transport">The way to the host.</param>
    /// <param name="progress">Given the bytes gone across so far, at the end of each robocopy.</param>
    /// <param name="cancellationToken">Ends it; a robocopy that runs goes on to its end, and is the last. The outcome says so; nothing is thrown.</param>
    public async Task<Transferred> RunAsync(BatchTransfer transfer, ITransport transport, Action<long> progress, CancellationToken cancellationToken)
    {
        using var log = new AttemptLog(logFolder, transfer.Work.FileName(), transfer.Attempt);
        var script = BatchJob.Of(transfer.Pass, transfer.Paths, transfer.Jobs, transfer.Witnesses, transfer.Lease);
        log.Add($"$ a batch file with jobs for robocopy: {transfer.Jobs.Length}   # on {transport.Place}");
        var (output, tree, began) = (new RobocopyOutput(transfer.Paths.Source, transfer.Paths.Target, progress), "", time.GetTimestamp());
        var listener = new Listener(
            line =>
            {
                output.Add(line);
                log.Add(line);
            },
            log.Add,
            said => tree = said.StartsWith("tree ", StringComparison.Ordinal) ? said["tree ".Length..] : tree);
        var end = await transport.RunAsync(script, listener, cancellationToken);
        for (var isTold = false; end is { IsKnown: true, ExitCode: BatchJob.InHand } && time.GetElapsedTime(began) < Patience; isTold = true)
        {
            if (!isTold) log.Add("# an earlier attempt at it has not ended: it was asked to, and is waited for");
            if (await IsCancelledWithinAsync(BetweenTries, cancellationToken)) break;
            end = await transport.RunAsync(script, listener, cancellationToken);
        }
        if (end is { WasInterrupted: true, Began: true, IsKnown: false }) await AskToEndAsync(transfer, transport, log);
        var outcome = OutcomeOf(transfer, end, output, tree, end.WasInterrupted || cancellationToken.IsCancellationRequested);
        if (!end.IsKnown && end.Words.Length > 0) log.Add(end.Words);
        var elapsed = time.GetElapsedTime(began);
        log.Add($"# exit {end.ExitCode}{(end.WasInterrupted ? ", interrupted" : "")}{(end.IsLoose ? ", end not heard" : "")}, {elapsed.TotalSeconds:F1} s");
        return new Transferred(outcome, output.Moved, elapsed, [], end.IsLoose);
    }

    private static TransferOutcome OutcomeOf(BatchTransfer transfer, ScriptEnd end, RobocopyOutput output, string tree, bool interrupted)
    {
        var paths = transfer.Paths;
        if (interrupted && !(end.IsKnown && end.ExitCode < RobocopyExit.Mismatched)) return new TransferOutcome.Interrupted();
        if (!end.Began && end.ExitCode == Boot.Cut) return new TransferOutcome.HostUnfit($"it did not get the batch file that it was sent: {end.Words}. Can its folder for temporary files (%TEMP%) be written?");
        if (!end.Began) return new TransferOutcome.Transient(end.ExitCode, end.Words);
        if (!end.IsKnown) return new TransferOutcome.Transient(end.ExitCode, $"the connection was lost. {output.LastWords}{end.Words}".TrimEnd());
        return end.ExitCode switch
        {
            TreeQuestion.NotTheTree => new TransferOutcome.HostUnfit(Witnesses.WhyNotTheTree(paths.Source, transfer.Witnesses, tree) ?? $"{paths.Source} is not the tree that was planned"),
            BatchJob.NoTarget => new TransferOutcome.HostUnfit($"{paths.Target} is not there or is not a directory. Is it connected?"),
            BatchJob.InHand => new TransferOutcome.Transient(
                end.ExitCode,
                $"an earlier attempt at it has not ended within {Patience.TotalMinutes:0} min, or {paths.Target} cannot be written. If a robocopy hangs on a host, end it there: taskkill /im robocopy.exe"),
            BatchJob.AskedToEnd => new TransferOutcome.Transient(end.ExitCode, "it was asked to end by a later attempt"),
            _ => RobocopyExit.Read(end.ExitCode, interrupted, output),
        };
    }

    private async Task AskToEndAsync(BatchTransfer transfer, ITransport transport, AttemptLog log)
    {
        using var enough = new CancellationTokenSource(Farewell, time);
        var end = await transport.RunAsync(BatchJob.End(transfer.Paths, transfer.Lease), Nobody, enough.Token);
        log.Add(end.IsKnown ? "# it was asked to end before its next robocopy" : "# it could not be asked to end: it goes on to the end of its jobs");
    }

    private async Task<bool> IsCancelledWithinAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        await Task.Delay(span, time, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        return cancellationToken.IsCancellationRequested;
    }
}
