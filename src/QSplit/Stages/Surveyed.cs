using QSplit.Clusters;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>A migration with its source, ready to be asked for totals.</summary>
/// <param name="Snapshot">The frozen view that the source shows and hosts are to copy from; null where it shows what is there now.</param>
public sealed record Surveyed(Job Job, ITreeSource Source, ClusterSnapshot? Snapshot = null);

/// <summary>A migration with its plan, which lies in the run's folder.</summary>
/// <param name="Run">The id of the run that may come of it: also its folder below that of the runs.</param>
public sealed record Planned(Job Job, Plan Plan, string Run)
{
    public string Folder => Job.Folders.OfRun(Run);

    /// <summary>Where a host copies from: the source's mount, or the frozen view in it.</summary>
    public string SourceRoot => Plan.Snapshot?.RootIn(Job.Migration.Mounts.Source) ?? Job.Migration.Mounts.Source;
}
