using System.Collections.Immutable;
using System.Globalization;
using QSplit.Clusters;
using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo;

/// <summary>Takes and finds snapshots, by the second generation of their API where the server still has it, else by the third.</summary>
/// <param name="warn">Gets a sentence where a snapshot may be left behind.</param>
internal sealed class QumuloSnapshots(Caller caller, CallLimits limits, Action<string> warn, TimeProvider time)
{
    private static readonly int[] Generations = [2, 3];
    private static readonly TimeSpan LongestCleanup = TimeSpan.FromMinutes(2);

    /// <summary>Takes a snapshot. If it fails or is interrupted, what the cluster may have taken is deleted.</summary>
    /// <exception cref="StorageException">The directory cannot be frozen.</exception>
    public async Task<ClusterSnapshot> TakeAsync(string path, string name, TimeSpan expiry, CancellationToken cancellationToken)
    {
        var source = await caller.AskAsync(QumuloApi.Attributes(path, null), cancellationToken);
        if (source.Id is not { Length: > 0 } id) throw caller.Problems.Odd(QumuloApi.Attributes(path, null), "its id is missing, and a snapshot is taken by id.");
        var expires = time.GetUtcNow() + expiry;
        var expiration = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var wanted = new Wanted(path, name, id, expiration);
        try
        {
            var taken = await FirstKnownAsync(generation => TakeAsync(generation, wanted, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            return taken.Is(out var snapshot, out var fault) ? Of(snapshot) : throw caller.Problems.Of(QumuloApi.TakeSnapshot(2, path, new(null, null, "", "")), fault);
        }
        catch when (wanted.MayBeThere)
        {
            await DropAsync(wanted);
            throw;
        }
    }

    /// <exception cref="StorageException">It is not there, going away, or does not hold <paramref name="path"/>.</exception>
    public async Task<ClusterSnapshot> FindAsync(string id, string path, CancellationToken cancellationToken)
    {
        var call = QumuloApi.Snapshot(2, id);
        var found = await FirstKnownAsync(generation => caller.SendAsync(QumuloApi.Snapshot(generation, id), cancellationToken));
        if (!found.Is(out var snapshot, out var fault))
        {
            throw fault is Fault.Answered { Status: System.Net.HttpStatusCode.NotFound }
                ? caller.Problems.Odd(call, "there is no such snapshot. 'qq snapshot_list_snapshots' shows those there are; 'snapshot: new' takes one.")
                : caller.Problems.Of(call, fault);
        }
        if (snapshot.InDelete) throw caller.Problems.Odd(call, "the snapshot is being deleted. Take another ('snapshot: new'), or plan on what is there now ('snapshot: none').");
        var known = Of(snapshot);
        if (known.Expires <= time.GetUtcNow()) throw caller.Problems.Odd(call, $"the snapshot has expired on {known.Expires:yyyy-MM-dd HH:mm} UTC. Take another: 'snapshot: new'.");
        await CheckItHoldsAsync(snapshot, path, cancellationToken);
        return known;
    }

    /// <summary>See <see cref="ICluster.ListSnapshotsAsync"/>.</summary>
    /// <exception cref="StorageException">The cluster cannot tell.</exception>
    public async Task<ImmutableArray<HeldSnapshot>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var listed = await FirstKnownAsync(generation => caller.SendAsync(QumuloApi.Snapshots(generation), cancellationToken));
        if (!listed.Is(out var all, out var fault)) throw caller.Problems.Of(QumuloApi.Snapshots(2), fault);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var above in Upwards(path))
        {
            var reply = await caller.SendAsync(QumuloApi.Attributes(above, null), cancellationToken);
            if (reply.Value?.Id is { } id) paths.TryAdd(id, above);
            else if (reply.Fault is { } broken and not Fault.Answered) throw caller.Problems.Of(QumuloApi.Attributes(above, null), broken);
        }
        return
        [
            .. (all.Entries ?? []).Where(one => !one.InDelete && one.SourceFileId is { } of && paths.ContainsKey(of)).Select(one => new HeldSnapshot(Of(one), paths[one.SourceFileId!]))
                .Where(held => !(held.Snapshot.Expires <= time.GetUtcNow())).OrderByDescending(held => held.Snapshot.TakenAt),
        ];
    }

    /// <exception cref="StorageException">It is there and cannot be deleted: locked, or held by a replication.</exception>
    public async Task DropAsync(string id, CancellationToken cancellationToken)
    {
        var dropped = await FirstKnownAsync(generation => caller.SendAsync(QumuloApi.DropSnapshot(generation, id), cancellationToken));
        // What is gone was deleted by an earlier try, or has expired.
        if (dropped.Fault is not { } fault || fault is Fault.Answered { Status: System.Net.HttpStatusCode.NotFound }) return;
        if (fault is Fault.Answered { MayPass: false } && await WhyHeldAsync(id, cancellationToken) is { } why)
            throw caller.Problems.Odd(QumuloApi.DropSnapshot(2, id), why);
        throw caller.Problems.Of(QumuloApi.DropSnapshot(2, id), fault);
    }

    /// <summary>Why a snapshot cannot be deleted, where the cluster says so; null otherwise.</summary>
    private async Task<string?> WhyHeldAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var generation in (int[])[4, 3, 2])
        {
            if ((await caller.SendAsync(QumuloApi.SnapshotStatus(generation, id), cancellationToken)).Value is not { } status) continue;
            if (status.LockKey is { } key)
                return $"the snapshot is locked (key {key}). To unlock it: '{caller.Problems.Qq} snapshot_unlock_snapshot --id {id} --private-key-file FILE'.";
            return status.Owners is { Length: > 0 } ? "a replication uses the snapshot: it can be deleted once that has ended." : null;
        }
        return null;
    }

    /// <summary>
    /// Sends until the snapshot is there. After a fault of which nobody knows whether the cluster did what it was asked, it is looked for
    /// first: by its name, and by the very second it expires, which no older one of the same name has.
    /// </summary>
    private async Task<Reply<SnapshotAnswer>> TakeAsync(int generation, Wanted wanted, CancellationToken cancellationToken)
    {
        var (path, name, source, expiration) = wanted;
        var call = QumuloApi.TakeSnapshot(generation, path, generation == 2 ? new(name, null, expiration, source) : new(null, name, expiration, source));
        for (var tries = 0; ; tries++)
        {
            var reply = await caller.SendAsync(call, cancellationToken);
            wanted.Hears(reply);
            if (reply.Fault is not { MayPass: true, MayHaveArrived: true } fault || tries == limits.Retries) return reply;
            await Task.Delay(RetryRules.Delay(tries, fault, limits.Jitter()), time, cancellationToken);
            var there = await caller.AskAsync(QumuloApi.Snapshots(generation), cancellationToken);
            if (there.Entries?.FirstOrDefault(wanted.Is) is { } taken) return taken;
        }
    }

    // Not by the token that was cancelled; and not for ever.
    private async Task DropAsync(Wanted wanted)
    {
        using var limit = new CancellationTokenSource(LongestCleanup, time);
        try
        {
            var listed = wanted.Id is null ? await FirstKnownAsync(generation => caller.SendAsync(QumuloApi.Snapshots(generation), limit.Token)) : null;
            if (listed?.Fault is { } fault) throw caller.Problems.Of(QumuloApi.Snapshots(2), fault);
            if ((wanted.Id ?? listed?.Value?.Entries?.FirstOrDefault(wanted.Is)?.Id) is { } id) await DropAsync(id, limit.Token);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            var why = e is StorageException ? e.Message : $"no answer for {LongestCleanup.TotalMinutes:0} minutes.";
            warn($"Snapshot {wanted.Name} of {wanted.Path} may be left on the cluster until {wanted.Expiration}: it could not be deleted: {why} " +
                $"To look for it: {caller.Problems.Qq} snapshot_list_snapshots. To delete it: {caller.Problems.Qq} snapshot_delete_snapshot --id {wanted.Id ?? "ID"}");
        }
    }

    /// <summary>Clusters read a path outside of a snapshot as it is now, without a word: the plan would not be of one moment.</summary>
    private async Task CheckItHoldsAsync(SnapshotAnswer snapshot, string path, CancellationToken cancellationToken)
    {
        foreach (var above in Upwards(path))
        {
            // A directory that is gone, or shut, may still be in a snapshot of one above it.
            var reply = await caller.SendAsync(QumuloApi.Attributes(above, null), cancellationToken);
            if (reply.Value?.Id is { } id && id == snapshot.SourceFileId)
            {
                await CheckItStayedAsync(snapshot, above, cancellationToken);
                return;
            }
            if (reply.Fault is { } fault and not Fault.Answered) throw caller.Problems.Of(QumuloApi.Attributes(above, null), fault);
        }
        var source = snapshot.SourceFileId is null ? null : await caller.SendAsync(QumuloApi.Attributes(snapshot.SourceFileId, null), cancellationToken);
        var of = source?.Value?.Path is { Length: > 0 } where ? (where.Length > 1 ? where.TrimEnd('/') : where) : $"the directory with id {snapshot.SourceFileId}, which is not there any more";
        throw caller.Problems.Odd(QumuloApi.Snapshot(2, snapshot.Id ?? ""),
            $"it is a snapshot of {of}, and {path} is not in that: the cluster would show what is there now in its place. Take one of {path} ('snapshot: new'), or give another id.");
    }

    /// <summary>In a snapshot of a directory that was moved since, the new path leads out of it: to what is there now.</summary>
    private async Task CheckItStayedAsync(SnapshotAnswer snapshot, string now, CancellationToken cancellationToken)
    {
        var reply = await caller.SendAsync(QumuloApi.Attributes(snapshot.SourceFileId!, snapshot.Id), cancellationToken);
        if (reply.Value?.Path is not { Length: > 0 } then || then == now || then.TrimEnd('/') == now) return;
        throw caller.Problems.Odd(QumuloApi.Snapshot(2, snapshot.Id ?? ""),
            $"it was taken of {then.TrimEnd('/')}, which is {now} now: by the new path the cluster would show what is there now in its place. Take another snapshot: 'snapshot: new'.");
    }

    /// <summary>A path, then each directory around it, the root last.</summary>
    private static IEnumerable<string> Upwards(string path)
    {
        for (var above = path; above != "/"; above = above.LastIndexOf('/') is var slash and > 0 ? above[..slash] : "/") yield return above;
        yield return "/";
    }

    /// <summary>A server without a generation answers as if nothing were there, so the other is asked before that is believed.</summary>
    private static async Task<Reply<T>> FirstKnownAsync<T>(Func<int, Task<Reply<T>>> send) where T : class
    {
        Reply<T>? first = null;
        foreach (var generation in Generations)
        {
            var reply = await send(generation);
            if (reply.Fault is not Fault.Answered { IsNoSuchCall: true }) return reply;
            first ??= reply;
        }
        return first!;
    }

    private ClusterSnapshot Of(SnapshotAnswer snapshot)
    {
        if (snapshot.Id is not { Length: > 0 } id) throw caller.Problems.Odd(QumuloApi.Snapshots(2), "a snapshot came without its id.");
        var name = snapshot.Name ?? "";
        var directory = snapshot.DirectoryName is { Length: > 0 } given ? given : name.StartsWith($"{id}_", StringComparison.Ordinal) ? name : $"{id}_{name}";
        // It becomes a part of paths on hosts.
        if (directory.Contains('/') || directory.Contains('\0')) throw caller.Problems.Odd(QumuloApi.Snapshot(2, id), "the name of its directory has a slash or a NUL in it.");
        return new(id, directory, Moment(snapshot.Timestamp) ?? time.GetUtcNow(), Moment(snapshot.Expiration));
    }

    /// <summary>A snapshot that the cluster is asked to take.</summary>
    private sealed record Wanted(string Path, string Name, string Source, string Expiration)
    {
        /// <summary>Null until the cluster has told it.</summary>
        public string? Id { get; private set; }

        /// <summary>Whether the cluster has taken it, or may have.</summary>
        public bool MayBeThere { get; private set; }

        public void Hears(Reply<SnapshotAnswer> reply)
        {
            Id = reply.Value?.Id ?? Id;
            MayBeThere |= reply.Value is not null || reply.Fault is { MayHaveArrived: true } and not Fault.Answered { MayPass: false };
        }

        public bool Is(SnapshotAnswer one) =>
            one.SourceFileId == Source && (one.Name == Name || one.Name == $"{one.Id}_{Name}") && Moment(one.Expiration) is { } moment && moment == Moment(Expiration);
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
}
