using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>The end of a run in lines: pure.</summary>
public static class SummaryText
{
    private const int MostLeft = 20;

    /// <summary>The table, then <see cref="AfterTable"/>; a run that was finished before has no table.</summary>
    public static ImmutableArray<string> Lines(RunSummary summary)
    {
        var width = summary.Rows.Max(r => r.Name.Length);
        return [.. summary.WasFinished ? [] : summary.Rows.Select(r => $"  {r.Name.PadRight(width)}  {r.Value}"), .. AfterTable(summary)];
    }

    /// <summary>What is left and why, how to go on, and where the trees and the report are.</summary>
    public static ImmutableArray<string> AfterTable(RunSummary summary) =>
    [
        .. Begun(summary).Take(MostLeft).Select(l => $"{l.Work}: {ProgressText.Reason(l.Outcome!)}. Log: {l.Log}"),
        .. Begun(summary).Count() > MostLeft ? [$"and {Begun(summary).Count() - MostLeft} more: see the report"] : ImmutableArray<string>.Empty,
        .. NotBegun(summary) > 0 ? [$"{Humane.Count(NotBegun(summary), "bucket", "buckets")} not begun"] : ImmutableArray<string>.Empty,
        $"{summary.Plan.Migration}: {summary.HowToGoOn}",
        $"  source: {summary.Source}",
        $"  target: {summary.Target}",
        $"  report: {summary.PagePath}",
    ];

    private static IEnumerable<(string Work, Transfers.TransferOutcome? Outcome, string Log)> Begun(RunSummary summary) => summary.Left.Where(l => l.Outcome is not null);

    private static int NotBegun(RunSummary summary) => summary.Left.Count(l => l.Outcome is null);
}
