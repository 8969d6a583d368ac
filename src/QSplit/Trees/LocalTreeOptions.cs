using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>How a mounted directory is read.</summary>
public sealed record LocalTreeOptions
{
    /// <summary>The views of the past that file servers show inside a tree: a copy of them would be many times the tree.</summary>
    public static ImmutableArray<string> Snapshots { get; } = [".snapshot*", ".zfs", ".ckpt"];

    /// <summary>
    /// Names of directories that are neither entered nor counted; <c>*</c> stands for any bytes, none included. Whoever copies a subtree
    /// has to leave out the same. By default <see cref="Snapshots"/>.
    /// </summary>
    public ImmutableArray<string> LeaveOut { get; init; } = Snapshots;

    /// <summary>Whether <see cref="LeaveOut"/> means names in any case of letters, as whoever copies on Windows does.</summary>
    public bool LeaveOutInAnyCase { get; init; }

    /// <summary>How many directories are read at once; 0, the default, is two for each processor, at least 8: the wait is for the file server.</summary>
    public int Parallelism { get; init; }
}

/// <summary>How far a crawl has come.</summary>
/// <param name="Directories">Directories listed.</param>
/// <param name="Totals">All that was seen.</param>
public readonly record struct CrawlProgress(long Directories, Totals Totals);
