using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>The report of a run or a plan, which lies in its folder.</summary>
/// <param name="Id">Of the run or the plan: also its folder below that of the runs; null when there is nothing to report of.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Files">In full, the page for people first.</param>
public sealed record MadeReport(string? Id, RunStatus Status, ImmutableArray<string> Files)
{
    /// <summary>What it is of, and where it is.</summary>
    public ImmutableArray<string> Lines =>
    [
        Id is not null && Status.Run is null ? $"{Status.Migration}, plan {Id}: {Status.Words}" : StatusText.Head(Status),
        .. Files.Select(file => $"  {file}"),
        .. Id is null ? [$"  There is nothing to report of. {Status.Next}"] : ImmutableArray<string>.Empty,
    ];
}
