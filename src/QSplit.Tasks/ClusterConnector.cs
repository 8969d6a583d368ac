using System.Collections.Concurrent;
using QSplit.Clusters;
using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Qumulo;

namespace QSplit.Tasks;

/// <summary>How this program comes to its clusters: real ones over the network, emulated ones on loopback, started for it. All end with it.</summary>
internal sealed class ClusterConnector : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly QumuloSettings _settings;
    private readonly Action<string> _warn;
    private readonly ConcurrentBag<EmulatedCluster> _emulated = [];

    /// <param name="home">Where people keep <c>.qfsd_cred</c>; null where there is no such place.</param>
    public ClusterConnector(TimeProvider time, string? home, Action<string> warn)
    {
        (_time, _warn) = (time, warn);
        _settings = new QumuloSettings { DefaultCredentials = home is null ? null : Path.Combine(home, ".qfsd_cred") };
        Connections = new ClusterConnections(ConnectAsync);
    }

    public ClusterConnections Connections { get; }

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        while (_emulated.TryTake(out var emulated)) await emulated.DisposeAsync();
    }

    private async Task<ICluster> ConnectAsync(Cluster cluster, CancellationToken cancellationToken) =>
        await QumuloClient.ConnectAsync(await RunningAsync(cluster, cancellationToken), SettingsOf(cluster), _warn, _time, cancellationToken);

    // The port of an emulated cluster is another each time: plans of the same tree would not be the same.
    private QumuloSettings SettingsOf(Cluster cluster) => cluster.Emulate is null ? _settings : _settings with { Location = $"emulated://{cluster.Name}" };

    // An emulated cluster is asked as a real one is: over TLS, with a login, its certificate pinned.
    private async Task<Cluster> RunningAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        if (cluster.Emulate is not { } directory) return cluster;
        var emulated = await EmulatedCluster.StartAsync(new EmulatorOptions(directory), _time, cancellationToken);
        _emulated.Add(emulated);
        return cluster with
        {
            Addresses = [emulated.Address],
            Port = emulated.Port,
            User = emulated.User,
            Password = new Secret(emulated.Password),
            Fingerprint = emulated.Fingerprint,
        };
    }
}
