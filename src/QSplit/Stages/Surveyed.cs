using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A migration with its source, ready to be asked for totals.</summary>
public sealed record Surveyed(Job Job, ITreeSource Source);

/// <summary>A migration with its plan, which lies in the run's folder.</summary>
/// <param name="Run">The id of the run that may come of it: also its folder below that of the runs.</param>
public sealed record Planned(Job Job, Plan Plan, string Run)
{
    public string Folder => Job.Folders.OfRun(Run);
}
