using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports.Building;

/// <summary>What is left of a run, with the names that are known not to be across.</summary>
internal static class ReportedLeft
{
    private const int MostNamesOfOne = 100, MostNames = 1000;

    /// <param name="folder">The run's.</param>
    /// <param name="isRunning">Whether a controller is at work on it now.</param>
    public static IEnumerable<ReportLeft> Of(RunState run, string folder, bool isRunning)
    {
        var room = MostNames;
        foreach (var work in run.LeftBuckets.Select(WorkUnit.OfBucket).Concat(FailedPasses(run)))
        {
            var state = run.StateOf(work);
            if (isRunning && state.Running is not null) continue;
            var failures = state.Last is TransferOutcome.Partial partial ? partial.Failures : [];
            var first = failures.Take(Math.Min(room, MostNamesOfOne)).ToArray();
            room -= first.Length;
            yield return new(
                work.ToString(),
                work.IsBucket ? work.Bucket : null,
                WorkWords.ReasonOf(state, isRunning),
                state.Attempts > 0 ? RunSummary.LogOf(folder, work, state) : null,
                failures.Length,
                [.. first]);
        }
    }

    // A pass that was not begun waits for its turn; what is left of the run is not its fault.
    private static IEnumerable<WorkUnit> FailedPasses(RunState run) =>
        run.Passes.Where(work => run.StateOf(work) is { Last: not null, IsDone: false });
}
