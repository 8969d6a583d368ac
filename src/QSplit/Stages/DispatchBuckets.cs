using System.Collections.Immutable;
using System.Threading.Channels;
using QSplit.Fleets;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>The baseline: hands out buckets until none is left, or the run comes to a halt. What to do is decided by <see cref="Dispatcher"/>.</summary>
internal static class DispatchBuckets
{
    /// <exception cref="OperationCanceledException">The run was interrupted; the store says where it stands.</exception>
    public static async Task<RunSession> RunAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn) return session;
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ends = Channel.CreateUnbounded<Task<RunEvent.AttemptEnded>>();
        var buckets = session.Plan.Buckets.ToImmutableDictionary(b => b.Number);
        var now = session.Around.Time.GetUtcNow;
        var terms = new DispatchTerms([.. session.Job.Hosts.Select(h => new HostTerms(h.Name, h.Slots, false, null))], null, TimeSpan.Zero, null);
        var items = session.Plan.Buckets.Select(b => new WorkItem(WorkUnit.OfBucket(b.Number), b.Estimate));
        var state = DispatchState.Of(session.Run, items, terms, ImmutableDictionary<string, string>.Empty, now());
        var running = 0;
        try
        {
            while (true)
            {
                ImmutableArray<Decision> decisions = [];
                if (!cancellationToken.IsCancellationRequested) (state, decisions) = Dispatcher.Decide(state, now());
                foreach (var decision in decisions)
                {
                    if (decision is Decision.Tell tell) session.Record(tell.Happened);
                    else if (decision is Decision.ProbeHost probe) state = state.After(new FleetEvent.ProbeEnded(probe.Host, null), now());
                    else if (decision is Decision.EndLease lease) state = state.After(new FleetEvent.LeaseEnded(lease.Work), now());
                    else if (decision is Decision.StartAttempt && WhyNoRoom(session) is { } why) state = state.Halted(why);
                    if (decision is not Decision.StartAttempt start || state.Halt is not null) continue;
                    var started = session.Begin(start.Work, start.Slot, start.Named.Length);
                    state = state.After(new FleetEvent.Ran(started), now());
                    running++;
                    var list = ListOf(buckets[start.Work.Bucket], start.Named);
                    _ = AttemptAsync(session, started, list, halt.Token).ContinueWith(ends.Writer.TryWrite, TaskScheduler.Default);
                }
                if (state.Halt is not null) await halt.CancelAsync();
                if (running == 0 && (state.IsOver || cancellationToken.IsCancellationRequested)) break;
                if (decisions.Any(d => d is Decision.ProbeHost or Decision.EndLease)) continue;
                var until = decisions.OfType<Decision.Pause>().Select(w => (DateTimeOffset?)w.Until).FirstOrDefault();
                if (!await AnyEndsAsync(ends.Reader, until, session.Around.Time, cancellationToken)) continue;
                running--;
                var ended = await await ends.Reader.ReadAsync(CancellationToken.None);
                session.Record(ended);
                state = state.After(new FleetEvent.Ran(ended), now());
            }
        }
        finally
        {
            // Only a failure of the store, or a bug, comes here with something running: it must not go on unseen, nor when the lock is let go.
            await halt.CancelAsync();
            for (; running > 0; running--) await ends.Reader.ReadAsync(CancellationToken.None);
        }
        if (cancellationToken.IsCancellationRequested) session.Record(new RunEvent.Stopped("interrupted"));
        else if (state.Halt is { } reason) session.Record(new RunEvent.Stopped(reason));
        cancellationToken.ThrowIfCancellationRequested();
        return session;
    }

    private static byte[] ListOf(Bucket bucket, ImmutableArray<FailedEntry> named) =>
        EntryList.Of(RetryItems.Of(bucket.Items, [.. named.Select(n => EntryPath.Parse(n.Path))]), "");

    private static string? WhyNoRoom(RunSession session)
    {
        if (session.Job.Migration.Reserve is not { } reserve) return null;
        var target = session.Job.Migration.Mounts.Target;
        var free = new DriveInfo(target).AvailableFreeSpace;
        return free >= reserve.Bytes ? null : $"the target has {Reports.Humane.Bytes(free)} free, less than the reserve of {Reports.Humane.Bytes(reserve.Bytes)}";
    }

    private static async Task<RunEvent.AttemptEnded> AttemptAsync(
        RunSession session, RunEvent.AttemptStarted started, byte[] list, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return RunSession.EndOf(started, await Attempted(() => session.MoveAsync(started, Pass.Baseline, list, cancellationToken)));
    }

    // What is wrong with this machine (no shell, no room for logs) halts the run in good order, as a refusal of rsync's does.
    private static async Task<Transferred> Attempted(Func<Task<Transferred>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
        {
            return new Transferred(new TransferOutcome.Refused(0, e.Message), default, TimeSpan.Zero, []);
        }
    }

    // Whether an attempt has ended; else it is time to decide again: a pause is over, or the run was interrupted during it.
    private static async Task<bool> AnyEndsAsync(
        ChannelReader<Task<RunEvent.AttemptEnded>> ends, DateTimeOffset? until, TimeProvider time, CancellationToken cancellationToken)
    {
        if (until is null) return await ends.WaitToReadAsync(CancellationToken.None);
        using var pause = new CancellationTokenSource(Later(until.Value - time.GetUtcNow()), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        try
        {
            return await ends.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static TimeSpan Later(TimeSpan span) => span < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : span;
}
