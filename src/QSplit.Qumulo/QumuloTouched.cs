using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using QSplit.Clusters;
using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>Finds what has a late time by listing every directory: totals of today's clusters have no times by which any could be passed over.</summary>
internal sealed class QumuloTouched(Caller caller, IReadOnlyCollection<string> origins, int pageSize, bool leavesAtime)
{
    /// <param name="root">Without a slash at its end unless it is the root of the cluster.</param>
    /// <returns>See <see cref="ICluster.ReadTouchedAsync"/>.</returns>
    /// <exception cref="StorageException">The root, or the cluster, cannot be asked.</exception>
    public async Task<ImmutableArray<ClusterChange>?> ReadAsync(string root, string? snapshot, DateTimeOffset since, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken)
    {
        // Its own time would be in a listing of what is around it: that one attribute of it changed too often costs nothing.
        var changes = new ConcurrentBag<ClusterChange> { new(ChangeOperation.Modified, EntryPath.Root, IsDirectory: true) };
        var unknown = 0;
        await LevelWalk.RunAsync(EntryPath.Root, () => unknown == 0, ListAsync, cancellationToken);
        return unknown == 0 ? [.. changes] : null;

        async Task ListAsync(EntryPath directory, ConcurrentBag<EntryPath> next, CancellationToken token)
        {
            var call = QumuloApi.TimedEntries(LevelWalk.PathOf(root, directory), snapshot, pageSize, leavesAtime);
            var fault = await EntryPages.ReadAsync(caller, call, origins, page => page.Pages, page => Take(directory, page, next), token);
            if (fault is null) return;
            if (directory.IsRoot || fault is not Fault.Answered answered) throw caller.Problems.Of(call, fault);
            if (answered.IsNoSuchEntry || answered.IsNotADirectory) return;
            if (answered.Status != HttpStatusCode.Forbidden && !answered.IsOfEntry) throw caller.Problems.Of(call, fault);
            // Who copies may be let in.
            changes.Add(new(ChangeOperation.Created, directory, IsDirectory: true));
        }

        void Take(EntryPath directory, TimedListingAnswer page, ConcurrentBag<EntryPath> next)
        {
            foreach (var entry in page.Files ?? [])
            {
                var (isDirectory, isTouched) = (entry.Type == EntryKind.Directory, !(entry.ChangeTime < since));
                if (!isDirectory && !isTouched) continue;
                if (entry.Name.Doubt is not null || EntryPath.WhyNotAName(entry.Name.Bytes.Span) is not null)
                {
                    Interlocked.Exchange(ref unknown, 1);
                    continue;
                }
                var path = directory.Combine(entry.Name.Bytes.Span);
                if (isDirectory && leftOut(path)) continue;
                var isNew = isDirectory && entry.CreationTime >= since;
                if (isNew || isTouched) changes.Add(new(isNew ? ChangeOperation.Created : ChangeOperation.Modified, path, isDirectory));
                if (isDirectory && !isNew) next.Add(path);
            }
        }
    }
}
