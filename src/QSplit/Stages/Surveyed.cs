using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.CmdScripts;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>A migration with its source, ready to be asked for totals.</summary>
/// <param name="Snapshot">The frozen view that the source shows and hosts are to copy from; null where it shows what is there now.</param>
public sealed record Surveyed(Job Job, ITreeSource Source, ClusterSnapshot? Snapshot = null);

/// <summary>A migration with its plan, which lies in the run's folder.</summary>
/// <param name="Run">The id of the run that may come of it: also its folder below that of the runs.</param>
public sealed record Planned(Job Job, Plan Plan, string Run)
{
    public string Folder => Job.Folders.OfRun(Run);

    /// <summary>Planned paths that tell whether a tree is this one.</summary>
    internal ImmutableArray<EntryPath> Witnesses => Partitioning.Witnesses.Of(Present);

    /// <summary>What both trees have after it, by all that is known: what it plans, and where it is of changes what earlier plans had that did not go since.</summary>
    internal ImmutableArray<EntryPath> Present { get => field.IsDefault ? PresentEntries.Of(Plan) : field; init; }

    /// <summary>The plan of the whole tree, where this one is of changes; null otherwise.</summary>
    public Plan? Whole { get; init; }

    /// <summary>The plan of the pass before, where this is one that follows; null otherwise.</summary>
    internal Plan? Before { get; init; }

    /// <summary>What a sync goes by; null of others.</summary>
    internal SyncBasis? Basis { get; init; }

    /// <summary>Frozen views of passes before, which are let go once this one is done.</summary>
    internal ImmutableArray<ClusterSnapshot> Superseded { get; init; } = [];

    /// <summary>What is known from its beginning to be only on the target, where a cluster told what went; null otherwise.</summary>
    internal DeletionList? Foreseen { get; init; }

    /// <summary>What is to be deleted.</summary>
    internal DeletionList Deletions { get; init; } = DeletionList.Nothing;

    /// <summary>Where a verification writes its lists.</summary>
    internal CheckFolder Checks => new(Folder);

    /// <summary>The plan before this one; null without one that can be compared, or where nobody asked.</summary>
    public LastPlan? Last { get; init; }

    /// <summary>Where hosts copy from: the source's mount, or the frozen view in it; some may see it elsewhere.</summary>
    public string SourceRoot => RootIn(Job.Migration.Mounts.Source);

    /// <summary>Where a host copies from.</summary>
    internal string SourceRootOn(Host host) => RootIn(Job.SourceOn(host));

    /// <summary>The paths for one rsync on a host.</summary>
    /// <param name="bytesPerSecond">Its limit; null for none.</param>
    /// <param name="nanoseconds">Whether the target keeps them there.</param>
    internal RsyncPaths PathsOn(Host host, long? bytesPerSecond, bool nanoseconds) =>
        new(SourceRootOn(host), Job.TargetOn(host), Job.Migration.Options, Job.Migration.LeaveOut, bytesPerSecond, nanoseconds) { ForgoesHardLinks = Plan.ForgoesHardLinks };

    /// <summary>The same for one attempt by robocopy.</summary>
    internal RobocopyPaths WindowsPathsOn(Host host) => new(SourceRootOn(host), Job.TargetOn(host), Job.Migration.Options, Job.Migration.LeaveOut);

    private string RootIn(string mount) => Plan.Snapshot?.RootIn(mount, Job.Migration.Mover == MoverKind.Robocopy ? '\\' : '/') ?? mount;
}
