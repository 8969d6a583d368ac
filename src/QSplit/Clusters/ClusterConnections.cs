using System.Collections.Concurrent;
using QSplit.Manifests;

namespace QSplit.Clusters;

/// <summary>The clusters that this program has signed in to, each once: migrations of one share its connections and its limit on calls.</summary>
/// <param name="connect">Signs in to one.</param>
public sealed class ClusterConnections(Func<Cluster, CancellationToken, Task<ICluster>> connect) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ICluster>>> _byName = new(StringComparer.Ordinal);

    /// <summary>The cluster, signed in to now unless it has been. A connection that failed is tried anew by the next who asks.</summary>
    /// <exception cref="StorageException">It cannot be reached, is not who it should be, or turns the login down.</exception>
    public async Task<ICluster> ToAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var connection = _byName.GetOrAdd(cluster.Name, _ => new(() => connect(cluster, cancellationToken)));
        try
        {
            return await connection.Value;
        }
        catch
        {
            _byName.TryRemove(new(cluster.Name, connection));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _byName.Values.Where(c => c is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })) await (await connection.Value).DisposeAsync();
        _byName.Clear();
    }
}
