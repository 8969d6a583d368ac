using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Tests.Clusters;

public sealed class ClusterConnectionsSpecs
{
    private static readonly Cluster Music = new("music", ["m"], 8000, null, null, null, null, null, null, false, null);

    [Fact]
    public async Task Migrations_of_one_cluster_share_a_connection_which_is_closed_with_all_others()
    {
        var made = new List<Closable>();
        await using (var connections = new ClusterConnections((_, _) =>
        {
            made.Add(new Closable());
            return Task.FromResult<ICluster>(made[^1]);
        }))
        {
            (await connections.ToAsync(Music, TestContext.Current.CancellationToken)).ShouldBeSameAs(await connections.ToAsync(Music, TestContext.Current.CancellationToken));
            await connections.ToAsync(Music with { Name = "film" }, TestContext.Current.CancellationToken);
            made.ShouldAllBe(c => !c.Closed);
        }

        made.Count.ShouldBe(2);
        made.ShouldAllBe(c => c.Closed);
    }

    [Fact]
    public async Task A_connection_that_failed_is_tried_anew_by_the_next_who_asks()
    {
        var attempts = 0;
        await using var connections = new ClusterConnections((_, _) => ++attempts == 1 ? throw new StorageException("refused") : Task.FromResult<ICluster>(new Closable()));

        await Should.ThrowAsync<StorageException>(() => connections.ToAsync(Music, TestContext.Current.CancellationToken));
        await connections.ToAsync(Music, TestContext.Current.CancellationToken);

        attempts.ShouldBe(2);
    }

    private sealed class Closable : ICluster
    {
        public bool Closed { get; private set; }

        public string Location => "qumulo://m";

        public Task<ClusterIdentity> IdentifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> WhyNotAllowedAsync(ClusterRights rights, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ClusterCapacity> ReadCapacityAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ITreeSource> OpenAsync(string path, ClusterSnapshot? snapshot, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ClusterSnapshot> TakeSnapshotAsync(string path, string name, TimeSpan expiry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ClusterSnapshot> FindSnapshotAsync(string id, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<ClusterChange>?> ReadChangesAsync(string path, ClusterSnapshot older, ClusterSnapshot newer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<HeldSnapshot>> ListSnapshotsAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<ClusterChange>?> ReadTouchedAsync(string path, ClusterSnapshot? view, DateTimeOffset since, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DropSnapshotAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            Closed = true;
            return ValueTask.CompletedTask;
        }
    }
}
