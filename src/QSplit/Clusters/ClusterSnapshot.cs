using System.Text;
using QSplit.Trees;

namespace QSplit.Clusters;

/// <summary>A frozen view of a directory of a cluster.</summary>
/// <param name="Id">As the cluster has it; a number, but never calculated with.</param>
/// <param name="Directory">The name of its directory in any <c>.snapshot</c> of a mount.</param>
/// <param name="TakenAt">By the cluster's clock.</param>
/// <param name="Expires">When the cluster lets go of it by itself; null is never.</param>
public sealed record ClusterSnapshot(string Id, string Directory, DateTimeOffset TakenAt, DateTimeOffset? Expires)
{
    /// <summary>The frozen view of a mounted directory: hosts copy from there, and paths stay as planned.</summary>
    /// <exception cref="StorageException">The cluster's name for the directory would lead elsewhere.</exception>
    /// <param name="separator">What is between names there: <c>\</c> on Windows.</param>
    public string RootIn(string mount, char separator = '/') => EntryPath.WhyNotAName(Encoding.UTF8.GetBytes(Directory)) is { } why
        ? throw new StorageException($"The cluster calls the directory of snapshot {Id} '{ByteText.Write(Encoding.UTF8.GetBytes(Directory))}', which cannot be a name: {why}.")
        : $"{mount.TrimEnd(separator)}{separator}.snapshot{separator}{Directory}";
}
