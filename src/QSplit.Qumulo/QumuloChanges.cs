using System.Collections.Immutable;
using System.Text;
using QSplit.Clusters;
using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>Reads what is different between two snapshots of a directory.</summary>
/// <param name="patience">How long the cluster may take for a page of it.</param>
internal sealed class QumuloChanges(Caller caller, IReadOnlyCollection<string> origins, TimeSpan patience)
{
    /// <param name="root">Without a slash at its end unless it is the root of the cluster.</param>
    /// <returns>See <see cref="ICluster.ReadChangesAsync"/>.</returns>
    /// <exception cref="StorageException">The cluster cannot tell, or says what is no change.</exception>
    public async Task<ImmutableArray<ClusterChange>?> ReadAsync(string root, string older, string newer, CancellationToken cancellationToken)
    {
        var (call, changes, isKnown) = (QumuloApi.Changes(newer, older) with { Patience = patience }, ImmutableArray.CreateBuilder<ClusterChange>(), true);
        var prefix = Encoding.UTF8.GetBytes(root == "/" ? "/" : root + "/");
        var fault = await EntryPages.ReadAsync(caller, call, origins, page => page.Pages, Take, cancellationToken);
        if (fault is not null) throw caller.Problems.Of(call, fault);
        return isKnown ? changes.ToImmutable() : null;

        void Take(DifferenceAnswer page)
        {
            foreach (var change in page.Entries ?? [])
            {
                var path = change.Path.Bytes.Span;
                // Another directory in the place of the root, or of one around it, stands for all that is in it.
                isKnown &= change.Op == "MODIFY" || path.IsEmpty || path[^1] != (byte)'/' || !prefix.AsSpan().StartsWith(path);
                // Snapshots may be of more than what is migrated.
                if (!path.StartsWith(prefix)) continue;
                isKnown &= change.Path.Doubt is null;
                if (isKnown) changes.Add(Of(call, change.Op, path[prefix.Length..]));
            }
        }
    }

    private ClusterChange Of(ApiCall<DifferenceAnswer> call, string? operation, ReadOnlySpan<byte> path)
    {
        try
        {
            var isDirectory = path.IsEmpty || path[^1] == (byte)'/';
            return new(OperationOf(operation), EntryPath.FromBytes(path.TrimEnd((byte)'/')), isDirectory);
        }
        catch (ArgumentException e)
        {
            throw caller.Problems.Odd(call, $"it has something that is no change of an entry: {operation} '{ByteText.Write(path)}' ({e.Message})");
        }
    }

    private static ChangeOperation OperationOf(string? operation) => operation switch
    {
        "CREATE" => ChangeOperation.Created,
        "MODIFY" => ChangeOperation.Modified,
        "DELETE" => ChangeOperation.Deleted,
        _ => throw new ArgumentException("not an operation that is known", nameof(operation)),
    };
}
