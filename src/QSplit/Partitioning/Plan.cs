using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>How a tree is cut: every entry of the source is in exactly one item of one bucket, or is a level.</summary>
/// <param name="Migration">The migration's name in the manifest.</param>
/// <param name="Stamp">When the plan was made (see <see cref="BucketFile.Stamp"/>); part of each bucket file's name.</param>
/// <param name="Source">Where the tree was read (see <see cref="ITreeSource.Location"/>).</param>
/// <param name="Totals">
/// What the buckets hold, one entry without bytes for each level, and what has no usable name and is in no bucket: on a live cluster not
/// quite what the root says of itself.
/// </param>
/// <param name="Buckets">Numbered from 1, the heaviest first; none is without items. An empty tree has no buckets.</param>
/// <param name="Levels">
/// The expanded directories, parents before children, the root first: their own attributes, and what appears in them after planning.
/// Empty only where no child of the root can be named: then the root itself is the one item.
/// </param>
/// <param name="Notes">What reading and cutting the tree found that a person should know.</param>
public sealed record Plan(
    string Migration,
    string Stamp,
    string Source,
    Totals Totals,
    ImmutableArray<Bucket> Buckets,
    ImmutableArray<EntryPath> Levels,
    PlanBalance Balance,
    ImmutableArray<TreeNote> Notes)
{
    /// <summary>The frozen view that was planned and is copied from; null where the tree goes on changing.</summary>
    public ClusterSnapshot? Snapshot { get; init; }

    /// <summary>What of the tree it has.</summary>
    public PlanScope Scope { get; init; }

    /// <summary>Of a plan of changes those of its levels that came as a whole: what is in them is planned, too. Empty in a plan of a whole tree, of which that is true of all levels.</summary>
    public ImmutableArray<EntryPath> NewLevels { get; init; } = [];

    /// <summary>Names that share a file with names of another bucket: to be linked once all buckets are across. Sorted; empty where links are not kept, or nobody knows.</summary>
    public ImmutableArray<EntryPath> Linked { get; init; } = [];

    /// <summary>Entries that a target which folds case cannot hold beside others; known of crawled trees.</summary>
    public ImmutableArray<CaseClash> CaseClashes { get; init; } = [];

    /// <summary>File systems that are mounted inside the source, and inside the target as far as that is known.</summary>
    public ImmutableArray<NestedTree> Mounts { get; init; } = [];

    /// <summary>What was counted that some targets cannot store; null where the source was not crawled.</summary>
    public TreeFacts? Facts { get; init; }

    /// <summary>Whether hard links are not kept although the manifest asks for it: the source's inode numbers are not unique.</summary>
    public bool ForgoesHardLinks { get; init; }

    /// <summary>What copies it, and reads its lists.</summary>
    public MoverKind Mover { get; init; }

    /// <summary>The heaviest directories of the tree, those that were divided among them.</summary>
    public PlanOutline Outline { get; init; } = PlanOutline.Empty;

    /// <summary>The largest files, the largest first: of a crawled tree those of all, of a cluster those in directories that were read.</summary>
    public ImmutableArray<LargeFile> LargestFiles { get; init; } = [];

    /// <summary>What the manifest said of the migration; null in plans of earlier versions.</summary>
    public PlanTerms? Terms { get; init; }

    /// <summary>How long the whole run is expected to take; null where no hosts are listed.</summary>
    public RunEstimate? Estimate { get; init; }

    /// <summary>
    /// The SHA-256, in hexadecimal, of what the source said of itself, as far as that does not depend on how it is cut: the totals of the directories that every plan of it
    /// reads, and what cannot be read. Null in plans of earlier versions.
    /// </summary>
    public string? SourceSha256 { get; init; }

    /// <summary>
    /// The SHA-256, in hexadecimal, of what is moved: the migration's terms, <see cref="SourceSha256"/>, the snapshot. It is the same for all plans of an unchanged source, however
    /// costs that were learned meanwhile cut it. Null in plans of earlier versions.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>The SHA-256, in hexadecimal, of all that the plan says but when it was made, its buckets too: two plans with the same checksum do the same. Null in plans of earlier versions.</summary>
    public string? Checksum { get; init; }
}

/// <summary>What of a tree a plan has.</summary>
public enum PlanScope
{
    /// <summary>All of it: each entry belongs to a bucket, or is a level.</summary>
    Whole,

    /// <summary>Entries that changed, and as levels the directories around them: of those only their own attributes, but for <see cref="Plan.NewLevels"/>.</summary>
    Changes,
}

/// <summary>What one attempt is given.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Totals">Over all items, as they were when the plan was made.</param>
/// <param name="Estimate">How long one rsync is expected to take, by the cost model.</param>
/// <param name="Items">
/// Directories that are taken with all below them, and loose files, links and specials of the levels, sorted by path bytes, each once,
/// none inside another. Which is which is kept only where the mover has to be told: <c>rsync -r</c> takes both from one list, and by then a
/// directory may be a file.
/// </param>
public sealed record Bucket(int Number, Totals Totals, TimeSpan Estimate, ImmutableArray<EntryPath> Items)
{
    /// <summary>For each item whether it is a directory or something else, which counts as a file; empty where that is not kept.</summary>
    public ImmutableArray<EntryKind> Kinds { get; init; } = [];
}

/// <summary>How even the buckets are, in what they were balanced by: bytes, entries or seconds.</summary>
/// <param name="By">What the other figures count.</param>
/// <param name="Heaviest">The weight of the heaviest bucket; 0 where there are none.</param>
/// <param name="Mean">The weight of all buckets over their number; 0 where there are none.</param>
/// <param name="Bound">
/// What no partition can beat: max(total / buckets asked for, heaviest item that cannot be divided: a file, or a directory that cannot be
/// listed).
/// </param>
public sealed record PlanBalance(BalanceBy By, double Heaviest, double Mean, double Bound);
