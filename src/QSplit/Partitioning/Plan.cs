using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>How a tree is cut: every entry of the source is in exactly one item of one bucket, or is a level.</summary>
/// <param name="Migration">The migration's name in the manifest.</param>
/// <param name="Stamp">When the plan was made, <c>yyyyMMddHHmm</c> in UTC; part of each bucket file's name.</param>
/// <param name="Source">Where the tree was read (see <see cref="ITreeSource.Location"/>).</param>
/// <param name="Totals">The whole tree.</param>
/// <param name="Buckets">Numbered from 1; none is without items. An empty tree has no buckets.</param>
/// <param name="Levels">The expanded directories, parents before children; always the root first. Their own attributes, and what appears in them after planning.</param>
/// <param name="Notes">What reading the tree found that a person should know.</param>
public sealed record Plan(
    string Migration,
    string Stamp,
    string Source,
    Totals Totals,
    ImmutableArray<Bucket> Buckets,
    ImmutableArray<EntryPath> Levels,
    Balance Balance,
    ImmutableArray<TreeNote> Notes);

/// <summary>What one rsync is given.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Totals">Over all items.</param>
/// <param name="Estimate">How long one rsync is expected to take, by the cost model.</param>
/// <param name="Items">Sorted by path bytes, each path once, none inside another.</param>
public sealed record Bucket(int Number, Totals Totals, TimeSpan Estimate, ImmutableArray<BucketItem> Items);

/// <summary>One entry of a bucket's list.</summary>
public abstract record BucketItem
{
    private BucketItem(EntryPath path, Totals totals) => (Path, Totals) = (path, totals);

    public EntryPath Path { get; }

    public Totals Totals { get; }

    /// <summary>A directory with all below it.</summary>
    public sealed record Tree(EntryPath Path, Totals Totals) : BucketItem(Path, Totals);

    /// <summary>One loose file, link or special of an expanded directory.</summary>
    public sealed record File(EntryPath Path, Totals Totals) : BucketItem(Path, Totals);
}

/// <summary>How even the buckets are, in the unit of the cost model (seconds, bytes or entries).</summary>
/// <param name="Heaviest">The weight of the heaviest bucket.</param>
/// <param name="Mean">The weight of all buckets over their number.</param>
/// <param name="Bound">The lower bound that no partition can beat: max(total / buckets, heaviest single file).</param>
public sealed record Balance(double Heaviest, double Mean, double Bound);
