using QSplit.Processes;
using QSplit.Runs;
using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Fleets;

/// <summary>Runs one rsync on a host, fenced, and reads what it says. The effects of an attempt are all here.</summary>
internal sealed class TransferRunner(TimeProvider time, string logFolder)
{
    // rsync(1), EXIT VALUES: partial transfer due to error.
    private const int PartOnly = 23;
    private const int MostToAsk = 1000;

    /// <summary>How long to wait for an interruption of this program after an rsync was ended by a signal. One second by default.</summary>
    public TimeSpan Hearing { get; init; } = TimeSpan.FromSeconds(1);

    /// <param name="transfer">What to do.</param>
    /// <param name="transport">The way to the host.</param>
    /// <param name="progress">Given the logical bytes gone across so far, as they go.</param>
    /// <param name="cancellationToken">Ends the rsync: first asked, then killed. The outcome says so; nothing is thrown.</param>
    public async Task<Transferred> RunAsync(Transfer transfer, ITransport transport, Action<long> progress, CancellationToken cancellationToken)
    {
        using var log = new AttemptLog(logFolder, transfer.Work.FileName(), transfer.Attempt);
        var rsync = RsyncArguments.For(transfer.Pass, transfer.Paths);
        log.Add("$ " + string.Join(' ', rsync.Select(ShellQuote.Quote)) + $"   # on {transport.Place}, a list of {transfer.List.Length} bytes on standard input");
        using var watch = new StallWatch(time, transfer.Stall, cancellationToken);
        using var heard = new AttemptHearing(transfer, log, progress, watch.Sign);
        var end = await transport.RunAsync(JobScript.Of(transfer), heard.Listener, watch.Token);
        if (heard.Errors.Candidates is { Count: > 0 } candidates && end.IsKnown)
            heard.Errors.Settle(await SourceLookup.WhichAsync(transport, transfer.Paths.Source, candidates, cancellationToken) ?? []);
        if (heard.Errors.Cut is { Count: > 0 } cut && end.IsKnown)
            heard.Errors.SettleCut(await SourceLookup.WholeNamesAsync(transport, transfer.Paths.Source, cut, cancellationToken));
        var interrupted = !watch.IsStalled && (end.WasInterrupted || (RsyncExit.IsSignal(end.ExitCode) && await IsInterruptedSoonAsync(cancellationToken)));
        var outcome = OutcomeOf(transfer, end, heard, interrupted, watch.IsStalled);
        outcome = await AskedAsync(outcome, transfer, end, heard, transport, cancellationToken);
        if (!end.IsKnown && end.Words.Length > 0) log.Add(end.Words);
        log.Add($"# exit {end.ExitCode}{(interrupted ? ", interrupted" : "")}{(watch.IsStalled ? ", stalled" : "")}{(end.IsLoose ? ", end not heard" : "")}, {end.Elapsed.TotalSeconds:F1} s");
        return new Transferred(outcome, heard.Moved, end.Elapsed, heard.Directories, end.IsLoose, heard.Preview?.Preview)
        {
            IsStalled = watch.IsStalled,
            // What was heard of an attempt in vain is not the whole.
            Checked = outcome is TransferOutcome.Succeeded ? heard.Check?.Keep() : null,
            Picked = heard.Check?.Picked ?? [],
            Blocked = outcome is TransferOutcome.Succeeded ? heard.Errors.Blocked : [],
            // What goes while it is compared is counted: the source is not frozen then.
            Gone = heard.Check is { } check ? [.. heard.Errors.Gone, .. check.Missing] : [.. heard.Errors.Gone, .. heard.Errors.Lost],
            Missed = heard.Check is null ? heard.Errors.Lost : [],
            Listed = heard.Listed,
        };
    }

    private static TransferOutcome OutcomeOf(Transfer transfer, ScriptEnd end, AttemptHearing heard, bool interrupted, bool stalled)
    {
        if (stalled) return new TransferOutcome.Transient(RsyncExit.TimedOut, $"no sign of life for {Span(transfer.Stall)}");
        if (interrupted && !(end.IsKnown && end.ExitCode == 0)) return new TransferOutcome.Interrupted();
        if (!end.Began && end.ExitCode == Boot.Cut) return new TransferOutcome.HostUnfit("something in the profile of the login shell reads standard input, which is for the job: take it out, or let it do so only on a terminal");
        if (!end.Began) return new TransferOutcome.Transient(end.ExitCode, end.Words);
        if (!end.IsKnown) return new TransferOutcome.Transient(end.ExitCode, $"the connection was lost. {heard.Errors.LastWords}{end.Words}".TrimEnd());
        return end.ExitCode switch
        {
            TreeQuestion.NotTheTree => new TransferOutcome.HostUnfit(heard.WhyNotTheTree),
            RoomQuestion.NoRoom => new TransferOutcome.Refused(0, heard.WhyNoRoom),
            PartOnly when transfer.MayBeBlocked && heard.Errors.IsBlockedAlone => new TransferOutcome.Succeeded(heard.Errors.Vanished),
            _ => RsyncExit.Read(end.ExitCode, interrupted, heard.Errors),
        };
    }

    private static string Span(TimeSpan span) => span.TotalMinutes >= 1 ? $"{span.TotalMinutes:0.#} min" : $"{span.TotalSeconds:0} s";

    // What the host has to be asked before an outcome is believed.
    private static async Task<TransferOutcome> AskedAsync(
        TransferOutcome outcome,
        Transfer transfer,
        ScriptEnd end,
        AttemptHearing heard,
        ITransport transport,
        CancellationToken cancellationToken)
    {
        // A quota, or a smaller file system inside the target, is full for some entries only.
        if (outcome is TransferOutcome.NoSpace && await HasRoomAsync(transport, transfer.Paths, heard.Errors, cancellationToken))
            outcome = end.ExitCode == PartOnly ? RsyncExit.Partial(heard.Errors) : RsyncExit.GaveUp(heard.Errors);
        if (heard.Check is not { } check) return RsyncExit.WithSkipped(outcome, transfer.Skipped);
        foreach (var skipped in transfer.Skipped) check.AddSkipped(EntryPath.Parse(skipped.Path));
        if (outcome is TransferOutcome.Partial { Complete: true } partial && transfer.NamesUnread)
        {
            foreach (var failure in partial.Failures) check.AddUnread(EntryPath.Parse(failure.Path));
            outcome = new TransferOutcome.Succeeded(heard.Errors.Vanished);
        }
        if (outcome is not TransferOutcome.Succeeded) return outcome;
        var why = await WhyIncompleteAsync(check, transport, transfer.Paths.Source, cancellationToken);
        return why is null ? outcome : RsyncExit.Incomplete($"the comparison is not complete: {why}");
    }

    // What rsync was given and did not report is gone from the source, or the report is not whole.
    private static async Task<string?> WhyIncompleteAsync(CheckReader check, ITransport transport, string source, CancellationToken cancellationToken)
    {
        if (check.WhyIncomplete is { } why) return why;
        if (check.Missing.Count == 0) return null;
        if (await SourceLookup.WhichAsync(transport, source, check.Missing, cancellationToken) is not { } there)
            return $"{check.Missing.Min()} was not reported, and the host did not answer whether it is on the source";
        return there.Count > 0 ? $"{there.Min()} is on the source and was not reported" : null;
    }

    private static async Task<bool> HasRoomAsync(ITransport transport, RsyncPaths paths, RsyncErrors errors, CancellationToken cancellationToken)
    {
        var failed = errors.Failures.Where(failure => failure.Class == ExceptionClass.Quota).Take(MostToAsk);
        var question = RoomQuestion.IsLeft(paths.Target, paths.Source, failed.Select(failure => EntryPath.Parse(failure.Path)));
        var end = await transport.RunAsync(question, new Listener(_ => { }, _ => { }, _ => { }), cancellationToken);
        return end is { IsKnown: true, ExitCode: 0 };
    }

    // Where rsync is not in a session of its own, Ctrl-C on a terminal reaches every process at once: it may have ended by it before this one has heard.
    private async Task<bool> IsInterruptedSoonAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Hearing, TimeProvider.System, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        return cancellationToken.IsCancellationRequested;
    }
}
