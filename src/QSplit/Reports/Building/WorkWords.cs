using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports.Building;

/// <summary>Where a piece of work stands, in the words of a report.</summary>
internal static class WorkWords
{
    public const string ControllerDied = "its controller died";

    /// <param name="isRunning">Whether a controller is at work on the run now.</param>
    public static string StateOf(WorkState work, bool isRunning) =>
        work.IsDone ? "done"
        : isRunning && work.Running is not null ? "running"
        : work.Last is null or TransferOutcome.Succeeded or TransferOutcome.Interrupted ? "left"
        : "failed";

    /// <summary>Why it is not done; null when it is, or was not tried.</summary>
    public static string? ReasonOf(WorkState work, bool isRunning) => work.Last switch
    {
        null => !isRunning && work is { Running: not null } or { Loose: not null } ? ControllerDied : null,
        TransferOutcome.Succeeded => null,
        var last => ProgressText.Reason(last),
    };
}
