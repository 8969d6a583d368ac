using System.Collections.Concurrent;
using System.Net;
using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>Finds the names of files that have several, by listing every directory: totals do not tell of them.</summary>
internal sealed class QumuloLinks(Caller caller, IReadOnlyCollection<string> origins, int pageSize, bool leavesAtime)
{
    /// <param name="root">Of the tree; without a slash at its end unless it is the root of the cluster.</param>
    /// <returns>See <see cref="ITreeSource.ListLinkedNamesAsync"/>. Names that the cluster cannot say are not among them.</returns>
    /// <exception cref="StorageException">The root, or the cluster, cannot be asked.</exception>
    public async Task<IReadOnlyCollection<LinkedName>> ReadAsync(
        string root, string? snapshot, EntryPath below, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken)
    {
        var names = new ConcurrentBag<LinkedName>();
        await LevelWalk.RunAsync(below, () => true, ListAsync, cancellationToken);
        return names;

        async Task ListAsync(EntryPath directory, ConcurrentBag<EntryPath> next, CancellationToken token)
        {
            var call = QumuloApi.LinkedEntries(LevelWalk.PathOf(root, directory), snapshot, pageSize, leavesAtime);
            var fault = await EntryPages.ReadAsync(caller, call, origins, page => page.Pages, page => Take(directory, page, next), token);
            if (fault is null) return;
            // The survey has noted what cannot be listed below the root.
            var isKnown = fault is Fault.Answered { IsOfEntry: true } or Fault.Answered { Status: HttpStatusCode.Forbidden };
            if (directory.IsRoot || !isKnown) throw caller.Problems.Of(call, fault);
        }

        void Take(EntryPath directory, LinkListingAnswer page, ConcurrentBag<EntryPath> next)
        {
            foreach (var entry in page.Files ?? [])
            {
                if (entry.Type != EntryKind.Directory && (entry.NumLinks < 2 || entry.Id is null)) continue;
                if (entry.Name.Doubt is not null || EntryPath.WhyNotAName(entry.Name.Bytes.Span) is not null) continue;
                var path = directory.Combine(entry.Name.Bytes.Span);
                if (entry.Type != EntryKind.Directory) names.Add(new(path, entry.Id!.Value, entry.NumLinks));
                else if (!leftOut(path)) next.Add(path);
            }
        }
    }
}
