using System.Text.Json;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports.Building;

/// <summary>One attempt, put together from its two events.</summary>
/// <param name="Ended">When its end was recorded; null when it was not.</param>
/// <param name="IsRunning">Whether it has no end yet because it runs; without one and not running it died with its controller.</param>
internal sealed record TimedAttempt(DateTimeOffset Began, RunEvent.AttemptStarted Start, DateTimeOffset? Ended, RunEvent.AttemptEnded? End, bool IsRunning)
{
    /// <summary>Whether it ended without its work done, for a reason of its own.</summary>
    public bool IsFailure => End is { Outcome: not (TransferOutcome.Succeeded or TransferOutcome.Interrupted) };

    /// <summary>By when they began.</summary>
    /// <param name="isRunning">Whether a controller is at work on the run now.</param>
    public static IReadOnlyList<TimedAttempt> Of(IReadOnlyList<TimedEvent> events, bool isRunning)
    {
        var attempts = new List<TimedAttempt>();
        var open = new Dictionary<WorkUnit, int>();
        foreach (var (at, happened) in events)
        {
            switch (happened)
            {
                case RunEvent.AttemptStarted start:
                    open[start.Work] = attempts.Count;
                    attempts.Add(new(at, start, null, null, false));
                    break;
                case RunEvent.AttemptEnded end when open.Remove(end.Work, out var index):
                    attempts[index] = attempts[index] with { Ended = at, End = end };
                    break;
                case RunEvent.Resumed:
                    open.Clear();
                    break;
            }
        }
        if (isRunning)
            foreach (var index in open.Values) attempts[index] = attempts[index] with { IsRunning = true };
        return attempts;
    }

    public ReportAttempt ToReport() => new(
        Start.Work.ToString(),
        Start.Work.IsBucket ? Start.Work.Bucket : null,
        Start.Attempt,
        Start.Host,
        Start.Slot,
        Began,
        Ended,
        Word,
        Reason,
        End?.Moved.Files ?? 0,
        End?.Moved.Bytes ?? 0);

    // The words of the run store are the names of the cases.
    private string Word => End is { Outcome: { } outcome } ? JsonNamingPolicy.CamelCase.ConvertName(outcome.GetType().Name) : IsRunning ? "running" : "lost";

    private string? Reason => End?.Outcome switch
    {
        null => IsRunning ? null : WorkWords.ControllerDied,
        TransferOutcome.Succeeded => null,
        var outcome => ProgressText.Reason(outcome),
    };
}
