namespace QSplit.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">As the system gives it; 128 + n for a program ended by signal n.</param>
/// <param name="Elapsed">From start to end.</param>
/// <param name="WasInterrupted">Whether it was ended because the run was: then the exit code says nothing about the work.</param>
public sealed record CommandResult(int ExitCode, TimeSpan Elapsed, bool WasInterrupted);
