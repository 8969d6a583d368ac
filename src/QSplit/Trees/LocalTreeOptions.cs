using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>How a mounted directory is read.</summary>
public sealed record LocalTreeOptions
{
    /// <summary>
    /// Directories that belong to a file system or a server and not to its users: views of the past, which would be many times the tree, what a check of the
    /// file system recovered, the bin of a desktop, the records of a server.
    /// </summary>
    public static ImmutableArray<string> OfSystems { get; } =
    [
        ".snapshot", ".snapshots", ".Snapshot", "~snapshot", ".zfs", ".ckpt", ".etc", ".ifsvar", "lost+found", ".Trash-*", "$RECYCLE.BIN", "System Volume Information",
    ];

    /// <summary>Files at the root of a file system that hold its quotas (quotacheck(8)).</summary>
    public static ImmutableArray<string> QuotaFiles { get; } = ["aquota.user", "aquota.group", "quota.user", "quota.group"];

    /// <summary>
    /// Names of directories that are neither entered nor counted; <c>*</c> stands for any bytes, none included. Whoever copies a subtree
    /// has to leave out the same. By default <see cref="OfSystems"/>.
    /// </summary>
    public ImmutableArray<string> LeaveOut { get; init; } = OfSystems;

    /// <summary>Whether <see cref="LeaveOut"/> means names in any case of letters, as whoever copies on Windows does.</summary>
    public bool LeaveOutInAnyCase { get; init; }

    /// <summary>How many directories are read at once; 0, the default, is two for each processor, at least 8: the wait is for the file server.</summary>
    public int Parallelism { get; init; }
}

/// <summary>How far a crawl has come.</summary>
/// <param name="Directories">Directories listed.</param>
/// <param name="Totals">All that was seen.</param>
public readonly record struct CrawlProgress(long Directories, Totals Totals);
