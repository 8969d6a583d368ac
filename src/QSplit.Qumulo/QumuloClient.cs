using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>A Qumulo cluster, by its REST API. Safe for many callers at once.</summary>
public sealed class QumuloClient : ICluster
{
    private const int UsualPort = 8000;

    private readonly Cluster _cluster;
    private readonly QumuloSettings _settings;
    private readonly Transport _transport;
    private readonly Session _session;
    private readonly Caller _caller;
    private readonly QumuloSnapshots _snapshots;
    private readonly CoreVersion _version;
    private WhoAmIAnswer? _account;
    private readonly string[] _origins;

    private QumuloClient(Cluster cluster, QumuloSettings settings, Action<string> warn, TimeProvider time)
    {
        var problems = new CallProblems(cluster);
        (_cluster, _settings) = (cluster, settings);
        _transport = new(cluster, settings.Limits, warn, time);
        _session = new(cluster, settings.DefaultCredentials, _transport, problems);
        _caller = new(_transport, _session, problems);
        _snapshots = new(_caller, settings.Limits, warn, time);
        _version = new(_caller);
        _origins = [.. cluster.Addresses.Select(address => Origins.Of(cluster, address))];
        Location = settings.Location ?? $"qumulo://{Origins.InUrl(cluster.Addresses[0])}{(cluster.Port == UsualPort ? "" : $":{cluster.Port}")}";
    }

    public string Location { get; }

    /// <summary>Requests sent so far, repeated ones included.</summary>
    public long Calls => _transport.Calls;

    /// <summary>Signs in.</summary>
    /// <param name="cluster">With one address or more.</param>
    /// <param name="warn">Told sentences for people: that a certificate goes unchecked, that an address is passed over.</param>
    /// <param name="time">Drives time-outs and waits.</param>
    /// <exception cref="StorageException">It cannot be reached, is not who it should be, or turns the login down.</exception>
    public static async Task<QumuloClient> ConnectAsync(Cluster cluster, QumuloSettings settings, Action<string> warn, TimeProvider time, CancellationToken cancellationToken)
    {
        if (cluster.Insecure)
        {
            warn($"WARNING: cluster {cluster.Name}: its certificate is NOT checked (insecure: true). Whoever sits between here and there can read the login and the data, " +
                "and answer in its place. Give it 'certificate' or 'fingerprint' in the manifest.");
        }
        var client = new QumuloClient(cluster, settings, warn, time);
        try
        {
            if (cluster.Password is not null) await client._session.TicketAsync(cancellationToken);
            else await client.IntroduceAsync(cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async Task<string?> WhyNotAllowedAsync(ClusterRights rights, CancellationToken cancellationToken)
    {
        // It stays what it is until the next login.
        _account ??= await IfKnownAsync(QumuloApi.WhoAmI, cancellationToken);
        // One that has none is told so by the first call; an old server tells of none.
        return _account?.Privileges is { Length: > 0 } held ? _caller.Problems.Lacks(_account.Name, [.. QumuloApi.PrivilegesFor(rights).Except(held)]) : null;
    }

    public async Task<ClusterIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        var version = await IfKnownAsync(QumuloApi.Version, cancellationToken);
        var settings = await IfKnownAsync(QumuloApi.Settings, cancellationToken);
        return new(settings?.ClusterName, version?.RevisionId);
    }

    public async Task<ClusterCapacity> ReadCapacityAsync(CancellationToken cancellationToken)
    {
        var answer = await _caller.AskAsync(QumuloApi.FileSystem, cancellationToken);
        return new(answer.BlockSizeBytes, answer.FreeSizeBytes, answer.RawSizeBytes, answer.TotalSizeBytes, answer.SnapshotSizeBytes);
    }

    public async Task<ITreeSource> OpenAsync(string path, ClusterSnapshot? snapshot, CancellationToken cancellationToken)
    {
        var root = Normal(path);
        var call = QumuloApi.Attributes(root, snapshot?.Id);
        var attributes = await _caller.AskAsync(call, cancellationToken);
        if (attributes.Type is { } type and not "FS_FILE_TYPE_DIRECTORY")
            throw _caller.Problems.Odd(call, $"it is no directory ({type}). A migration starts from a directory: give the one that holds it.");
        var location = Location + (root == "/" ? "/" : root) + (snapshot is null ? "" : $"?snapshot={snapshot.Id}");
        return new QumuloTree(_caller, _version, root, snapshot?.Id, location, _origins, _settings);
    }

    public Task<ClusterSnapshot> TakeSnapshotAsync(string path, string name, TimeSpan expiry, CancellationToken cancellationToken) =>
        _snapshots.TakeAsync(Normal(path), name, expiry, cancellationToken);

    public Task<ClusterSnapshot> FindSnapshotAsync(string id, string path, CancellationToken cancellationToken) => _snapshots.FindAsync(id, Normal(path), cancellationToken);

    public Task<ImmutableArray<HeldSnapshot>> ListSnapshotsAsync(string path, CancellationToken cancellationToken) => _snapshots.ListAsync(Normal(path), cancellationToken);

    public async Task<ImmutableArray<ClusterChange>?> ReadTouchedAsync(
        string path, ClusterSnapshot? view, DateTimeOffset since, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken)
    {
        var touched = new QumuloTouched(_caller, _origins, _settings.PageSize, await _version.LeavesAtimeAsync(cancellationToken));
        return await touched.ReadAsync(Normal(path), view?.Id, since, leftOut, cancellationToken);
    }

    public Task<ImmutableArray<ClusterChange>?> ReadChangesAsync(string path, ClusterSnapshot older, ClusterSnapshot newer, CancellationToken cancellationToken) =>
        new QumuloChanges(_caller, _origins, _cluster.DifferenceTimeout).ReadAsync(Normal(path), older.Id, newer.Id, cancellationToken);

    public Task DropSnapshotAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken) => _snapshots.DropAsync(snapshot.Id, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }

    // A token that is refused is better known now than in the middle; an old server may not know the call.
    private async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var reply = await _caller.SendAsync(QumuloApi.WhoAmI, cancellationToken);
        if (reply.Fault is not (null or Fault.Answered { IsNoSuchCall: true })) throw _caller.Problems.Of(QumuloApi.WhoAmI, reply.Fault);
        _account = reply.Value;
    }

    private static string Normal(string path) => path.StartsWith('/')
        ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/"
        : throw new ArgumentException($"'{path}' is no path of a cluster: those start with a slash.", nameof(path));

    /// <summary>What the cluster says, or null where it does not tell everyone.</summary>
    private async Task<T?> IfKnownAsync<T>(ApiCall<T> call, CancellationToken cancellationToken) where T : class
    {
        var reply = await _caller.SendAsync(call, cancellationToken);
        return reply.Fault is null or Fault.Answered ? reply.Value : throw _caller.Problems.Of(call, reply.Fault);
    }
}
