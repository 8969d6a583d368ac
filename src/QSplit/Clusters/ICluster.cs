using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Clusters;

/// <summary>A storage cluster that keeps totals of each directory, signed in to. The core speaks no HTTP: who does, implements this.</summary>
public interface ICluster : IAsyncDisposable
{
    /// <summary>Where it is, for people and for the plan: <c>qumulo://host</c>, with the port unless that is the usual one; no secrets.</summary>
    string Location { get; }

    /// <summary>Its name, and the version of its software.</summary>
    /// <exception cref="StorageException">The cluster cannot be asked; so for all calls here.</exception>
    Task<ClusterIdentity> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>What the account lacks for some work, and how to grant it, in sentences; null where it has all, or the cluster does not tell.</summary>
    Task<string?> WhyNotAllowedAsync(ClusterRights rights, CancellationToken cancellationToken);

    /// <summary>How large it is and how full.</summary>
    Task<ClusterCapacity> ReadCapacityAsync(CancellationToken cancellationToken);

    /// <summary>Makes a directory of it the root of a tree to plan.</summary>
    /// <param name="path">Absolute, as on the cluster; without a trailing slash unless it is the root.</param>
    /// <param name="snapshot">The frozen view to read; null reads what is there now.</param>
    /// <exception cref="StorageException">The path is not there, is no directory, or may not be read.</exception>
    Task<ITreeSource> OpenAsync(string path, ClusterSnapshot? snapshot, CancellationToken cancellationToken);

    /// <summary>Freezes a directory.</summary>
    /// <param name="name">What people see in lists; the cluster may put its id before it.</param>
    /// <param name="expiry">After which the cluster lets go of it by itself.</param>
    Task<ClusterSnapshot> TakeSnapshotAsync(string path, string name, TimeSpan expiry, CancellationToken cancellationToken);

    /// <summary>The snapshot with an id, once it is sure that it holds <paramref name="path"/>.</summary>
    /// <remarks>Clusters answer for a path outside a snapshot with what is there now, without a word: it has to be asked before.</remarks>
    /// <exception cref="StorageException">There is no such snapshot, it is being deleted, or the path is outside its directory.</exception>
    Task<ClusterSnapshot> FindSnapshotAsync(string id, string path, CancellationToken cancellationToken);

    /// <summary>The snapshots that hold <paramref name="path"/>, of it or of a directory above it, the newest first; none that is going away.</summary>
    Task<ImmutableArray<HeldSnapshot>> ListSnapshotsAsync(string path, CancellationToken cancellationToken);

    /// <summary>What is different in a directory between two snapshots of it, in no order; an entry may be told of more than once. Costs as much as there are changes.</summary>
    /// <param name="path">As for <see cref="OpenAsync"/>.</param>
    /// <returns>Null where something is among it whose name the cluster cannot say, or the directory itself is another: then nothing is known that can be relied on.</returns>
    Task<ImmutableArray<ClusterChange>?> ReadChangesAsync(string path, ClusterSnapshot older, ClusterSnapshot newer, CancellationToken cancellationToken);

    /// <summary>
    /// What has a change time or a birth from <paramref name="since"/> on, by a listing of every directory. It lacks what leaves no such time: what went, and what lies in a
    /// directory that was moved.
    /// </summary>
    /// <param name="view">The frozen view to read; null reads what is there now.</param>
    /// <param name="leftOut">Directories that are not looked into.</param>
    /// <returns>As for <see cref="ReadChangesAsync"/>.</returns>
    Task<ImmutableArray<ClusterChange>?> ReadTouchedAsync(string path, ClusterSnapshot? view, DateTimeOffset since, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken);

    /// <summary>Deletes a snapshot; nothing happens when it is gone already.</summary>
    Task DropSnapshotAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken);
}
