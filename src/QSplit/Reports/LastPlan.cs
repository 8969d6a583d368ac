using QSplit.Partitioning;

namespace QSplit.Reports;

/// <summary>The plan before this one, of the same tree.</summary>
/// <param name="Run">Its id: <c>music/202611221730</c>.</param>
public sealed record LastPlan(string Run, PlanDifference Difference);
