using System.Collections.Immutable;
using System.Threading.Channels;
using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Stages;

/// <summary>Carries out what <see cref="Dispatcher"/> decides, until all work is done or given up, or the run halts. All effects of a dispatch pass through here.</summary>
/// <param name="session">The run; what is known of its hosts stays with it from one dispatch to the next.</param>
/// <param name="attempt">Does the work of an attempt that was recorded to have begun.</param>
internal sealed class Dispatching(RunSession session, Func<Decision.StartAttempt, RunEvent.AttemptStarted, CancellationToken, Task<Transferred>> attempt)
{
    private readonly Channel<Func<Task<FleetEvent?>>> _news = Channel.CreateUnbounded<Func<Task<FleetEvent?>>>();
    private readonly Dictionary<WorkUnit, CancellationTokenSource> _running = [];
    private readonly FleetErrands _errands = new(session);
    private readonly List<Task> _away = [];

    /// <summary>Why the dispatch came to a halt; null when it did not.</summary>
    public string? Halt => session.Fleet.Halt;

    /// <exception cref="Exception">A mistake of this program, or the store has failed; nothing runs on behind it.</exception>
    public async Task RunAsync(ImmutableArray<WorkItem> items, CancellationToken cancellationToken)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        session.Fleet = session.Fleet.With(items);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var until = Decide(halt.Token);
                if (session.Fleet.Halt is not null) await halt.CancelAsync();
                if (session.Fleet.IsOver) break;
                await HearAsync(until, cancellationToken);
            }
        }
        finally
        {
            await EndAllAsync(halt);
        }
    }

    // Carries out all that is decided; returns when to ask again, if nothing happens before.
    private DateTimeOffset? Decide(CancellationToken halted)
    {
        if (Redistribution.IsPossible(session.Fleet)) session.Fleet = session.Fleet.After(new FleetEvent.Progressed(session.Sent), session.Now);
        (session.Fleet, var decisions) = Dispatcher.Decide(session.Fleet, session.Now);
        DateTimeOffset? until = null;
        foreach (var decision in decisions)
        {
            switch (decision)
            {
                case Decision.StartAttempt start:
                    Start(start, halted);
                    break;
                case Decision.EndAttempt end when _running.TryGetValue(end.Work, out var running):
                    session.Say($"{end.Work} is ended: {end.Why}");
                    running.Cancel();
                    break;
                case Decision.EndLease end:
                    Send(() => _errands.EndLeaseAsync(end, halted));
                    break;
                case Decision.ProbeHost probe:
                    Send(() => _errands.ProbeAsync(probe.Host, halted));
                    break;
                case Decision.Tell tell:
                    session.Record(tell.Happened);
                    session.Fleet = session.Fleet.After(new FleetEvent.Ran(tell.Happened), session.Now);
                    break;
                case Decision.Pause pause:
                    until = pause.Until;
                    break;
            }
        }
        session.ShowFleet();
        return until;
    }

    private void Start(Decision.StartAttempt start, CancellationToken halted)
    {
        var started = session.Begin(start.Work, start.Slot, start.Named.Length);
        session.Fleet = session.Fleet.After(new FleetEvent.Ran(started), session.Now);
        var end = CancellationTokenSource.CreateLinkedTokenSource(halted);
        _running.Add(start.Work, end);
        Send(async () => new FleetEvent.Ran(RunSession.EndOf(started, await AttemptedAsync(() => attempt(start, started, end.Token)))));
    }

    // An errand's result is looked at where decisions are made: a mistake in it is thrown there.
    private void Send(Func<Task<FleetEvent?>> errand) =>
        _away.Add(Task.Run(errand).ContinueWith(done => _news.Writer.TryWrite(() => done), TaskScheduler.Default));

    // Waits until something has happened, or it is time; takes in all that has.
    private async Task HearAsync(DateTimeOffset? until, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = until is { } time ? Task.Delay(Later(time - session.Now), session.Around.Time, wait.Token) : Task.Delay(Timeout.Infinite, wait.Token);
        var reload = session.Around.Reloads.WaitAsync(wait.Token);
        await Task.WhenAny(_news.Reader.WaitToReadAsync(wait.Token).AsTask(), reload, pause);
        await wait.CancelAsync();
        if (reload.IsCompletedSuccessfully && ManifestAgain.Read(session) is { } terms) session.Fleet = session.Fleet.After(new FleetEvent.TermsChanged(terms), session.Now);
        while (_news.Reader.TryRead(out var news)) Take(await news());
    }

    private void Take(FleetEvent? happened)
    {
        if (happened is null) return;
        if (happened is FleetEvent.Ran { Happened: RunEvent.AttemptEnded ended })
        {
            session.Record(ended);
            if (_running.Remove(ended.Work, out var end)) end.Dispose();
        }
        if (happened is FleetEvent.ProbeEnded) session.RecordEquipment();
        session.Fleet = session.Fleet.After(happened, session.Now);
        _away.RemoveAll(task => task.IsCompleted);
    }

    // Nothing may go on unseen, nor when the lock of the migration is let go. What ended well while this was under way is recorded.
    private async Task EndAllAsync(CancellationTokenSource halt)
    {
        await halt.CancelAsync();
        await Task.WhenAll(_away);
        Exception? failure = null;
        while (_news.Reader.TryRead(out var news))
        {
            try
            {
                Take(await news());
            }
            catch (Exception e)
            {
                failure ??= e;
            }
        }
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    // What is wrong with this machine (no shell, no ssh, no room for logs) halts the run in good order, as a refusal of rsync's does.
    private static async Task<Transferred> AttemptedAsync(Func<Task<Transferred>> attempt)
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

    private static TimeSpan Later(TimeSpan span) =>
        span < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : span > TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : span;
}
