using QSplit.Clusters;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Whether the account may do on a cluster what a migration needs there: better known before anything is planned, or a snapshot is taken.</summary>
internal static class ClusterAccess
{
    /// <summary>What the plan of a tree needs.</summary>
    public static ClusterRights ToPlan(MigrationSource.OnCluster tree) => ClusterRights.Read | tree.Snapshot switch
    {
        SnapshotChoice.New => ClusterRights.FindSnapshots | ClusterRights.TakeSnapshots,
        SnapshotChoice.Existing => ClusterRights.FindSnapshots,
        _ => ClusterRights.None,
    };

    /// <exception cref="StorageException">The account lacks something: what, and how to grant it.</exception>
    public static async Task RequireAsync(ICluster cluster, ClusterRights rights, CancellationToken cancellationToken)
    {
        if (await cluster.WhyNotAllowedAsync(rights, cancellationToken) is { } why) throw new StorageException(why);
    }

    /// <summary>Why syncs of a tree will not go by the difference of snapshots; null where they will, or nobody asked for it.</summary>
    public static async Task<string?> WhyNoDifferencesAsync(ICluster cluster, MigrationSource.OnCluster tree, CancellationToken cancellationToken) =>
        tree.Snapshot is SnapshotChoice.New && await cluster.WhyNotAllowedAsync(ClusterRights.CompareSnapshots, cancellationToken) is { } why
            ? $"each sync will look at the whole tree: {why}"
            : null;

    /// <summary>Why the source of a migration cannot be planned; null where it can, and for a source that is no cluster.</summary>
    public static async Task<string?> WhyNotAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        if (job.Migration.Source is not MigrationSource.OnCluster tree) return null;
        try
        {
            var cluster = await around.Clusters.ToAsync(job.ClusterOf(tree), cancellationToken);
            if (await cluster.WhyNotAllowedAsync(ToPlan(tree), cancellationToken) is { } why) return why;
            if (await WhyNoDifferencesAsync(cluster, tree, cancellationToken) is { } slow) around.View.Say($"{job.Migration.Name}: {slow}");
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
    }
}
