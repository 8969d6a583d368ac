using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>A source that answers from a made-up tree and counts what it was asked.</summary>
internal sealed class MemoryTree(Node root) : ITreeSource
{
    private readonly ConcurrentBag<EntryPath> _read = [];

    public string Location => "memory";

    public ImmutableArray<TreeNote> Notes => [];

    public IReadOnlyCollection<EntryPath> Read => _read;

    /// <summary>What the source says of a child, in place of the truth.</summary>
    public Func<Node, Totals> Says { get; init; } = node => node.Totals;

    public Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _read.Add(directory);
        var node = root;
        if (!directory.IsRoot)
            foreach (var part in directory.Bytes.Split((byte)'/'))
            {
                var name = directory.Bytes[part].ToArray();
                node = node.Children.FirstOrDefault(child => child.Name.Span.SequenceEqual(name)) ?? throw new StorageException($"{directory} is not there.");
            }
        if (!node.Expandable) throw new StorageException($"{directory} cannot be listed.");
        return Task.FromResult(new DirectoryTotals(directory, Says(node), [.. node.Children.Select(c => new ChildTotals(c.Name, c.Kind, Says(c), c.Expandable))]));
    }

    public static Task<Plan> PlanAsync(Node root, int? buckets, BalanceBy by = BalanceBy.Capacity) => new MemoryTree(root).PlanAsync(buckets, by);

    public Task<Plan> PlanAsync(int? buckets, BalanceBy by = BalanceBy.Capacity, int slots = 2) =>
        Planner.PlanAsync(this, new("demo", DateTimeOffset.UnixEpoch, CostModel.Default(by), buckets, slots), TestContext.Current.CancellationToken);
}
