using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>What tells a plan how large a tree is and where: a mounted directory, or a cluster that keeps totals of each directory.</summary>
public interface ITreeSource
{
    /// <summary>Where the tree is, for people and for the plan: a path or a URL, without secrets.</summary>
    string Location { get; }

    /// <summary>
    /// The directory's own totals and its children with theirs. Several directories may be asked for at once. A source that is not
    /// read beforehand tells of one below the root that is gone or shut by a note, and gives it without children.
    /// </summary>
    /// <exception cref="StorageException">The source cannot be read at all, or the directory is not there.</exception>
    Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken);

    /// <summary>What the reading found that a person should know, so far: complete once the last directory has been read.</summary>
    ImmutableArray<TreeNote> Notes { get; }

    /// <summary>Whether all of the tree is known already: then to read a directory costs nothing.</summary>
    bool IsInMemory => false;

    /// <summary>What one entry amounts to that is no directory; one without bytes where it has gone.</summary>
    /// <exception cref="NotSupportedException">The source tells of directories alone.</exception>
    Task<MeasuredEntry> MeasureAsync(EntryPath entry, CancellationToken cancellationToken) => throw new NotSupportedException($"{Location} tells of directories alone.");

    /// <summary>The names below a directory of files that have several names, there or elsewhere. Every directory is listed for that.</summary>
    /// <param name="leftOut">Directories that are not looked into.</param>
    /// <returns>In no order; null where the source does not tell them so.</returns>
    /// <exception cref="StorageException">The directory cannot be read.</exception>
    Task<IReadOnlyCollection<LinkedName>?> ListLinkedNamesAsync(EntryPath below, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<LinkedName>?>(null);

    /// <summary>The largest files of the whole tree, the largest first; null where those are not known.</summary>
    IEnumerable<LargeFile>? FindLargestFiles(int count) => null;
}

/// <summary>One entry that is no directory.</summary>
/// <param name="File">Which file it is, whichever name; null where that is not known.</param>
/// <param name="Links">How many names it has, wherever they are.</param>
public readonly record struct MeasuredEntry(Totals Totals, UInt128? File, long Links);

/// <summary>A name of a file that has several.</summary>
/// <param name="File">Which file it is: the same for each of its names.</param>
/// <param name="Links">How many names it has, wherever they are.</param>
public readonly record struct LinkedName(EntryPath Path, UInt128 File, long Links);
