using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Fleets;

/// <summary>What the end of an attempt means for its work, for its host, and for all.</summary>
internal static class Aftermath
{
    public static DispatchState Of(DispatchState state, RunEvent.AttemptEnded ended, DateTimeOffset now)
    {
        var (work, outcome) = (ended.Work, ended.Outcome);
        var host = state.Running.GetValueOrDefault(work)?.Slot.Host;
        var started = state.Run.StateOf(work).Running;
        var next = state.Vacate(work) with { Run = state.Run.After(ended), Backlog = host is null ? state.Backlog.Take(work) : state.Backlog };
        if (ended.Lost && started is not null && outcome is not TransferOutcome.Succeeded) next = next.Hold(started, now);
        var estimate = state.Backlog.Items.GetValueOrDefault(work)?.Estimate ?? TimeSpan.Zero;
        if (host is not null && Fault.HasCopied(ended))
            next = Blame.Succeeded(next, work, host, outcome is TransferOutcome.Succeeded, now);
        next = host is not null && Fault.Of(ended, host, estimate, now) is { } fault ? Blame.Failed(next, work, host, fault, now)
            : OfWork(next, work, outcome, ended.Lost, host, now).Hear(host, circuit => OfHost(circuit, outcome, now));
        return next with { Halt = next.Halt ?? WhyHalt(outcome) ?? next.History.WhyStop(next, now) };
    }

    private static DispatchState OfWork(DispatchState state, WorkUnit work, TransferOutcome outcome, bool lost, string? host, DateTimeOffset now)
    {
        var retry = state.Backlog.RetryOf(work);
        return outcome switch
        {
            TransferOutcome.Succeeded => state with { Backlog = state.Backlog with { Retries = state.Retries.Remove(work) } },
            TransferOutcome.Partial partial =>
                Again(state, work, retry.AfterPartial(host, now, partial.GaveUp, Fault.IsUnreadable(partial) && state.Terms.Hosts.Length == 1)),
            TransferOutcome.Transient when lost => Again(state, work, retry.AfterLoss(host, now)),
            TransferOutcome.Transient => Again(state, work, retry.AfterTransient(host, now)),
            _ => state.Return(work),
        };
    }

    private static DispatchState Again(DispatchState state, WorkUnit work, Retry retry) =>
        (state with { Backlog = state.Backlog with { Retries = state.Retries.SetItem(work, retry) } }).Return(work);

    private static Circuit OfHost(Circuit circuit, TransferOutcome outcome, DateTimeOffset now) => outcome switch
    {
        TransferOutcome.Succeeded or TransferOutcome.Partial => circuit.AfterSuccess(),
        TransferOutcome.Transient o => circuit.AfterFailure(Fault.FirstLine(o.Message), now),
        TransferOutcome.HostUnfit o => circuit.AfterUnfit(Fault.FirstLine(o.Message), now),
        _ => circuit,
    };

    private static string? WhyHalt(TransferOutcome outcome) => outcome switch
    {
        TransferOutcome.NoSpace o => $"the target is full: {Fault.FirstLine(o.Message)}",
        // Exit code 0 is no word of rsync's: the reason is this program's own.
        TransferOutcome.Refused { ExitCode: 0 } o => Fault.FirstLine(o.Message),
        TransferOutcome.DeleteLimit o => $"the limit on deletions was reached: {Fault.FirstLine(o.Message)}",
        _ => null,
    };
}
