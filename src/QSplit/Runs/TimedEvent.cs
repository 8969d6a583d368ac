namespace QSplit.Runs;

/// <summary>An event of a run with when it was recorded, in UTC, by the clock of its controller.</summary>
internal sealed record TimedEvent(DateTimeOffset At, RunEvent Happened);
