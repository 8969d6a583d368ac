using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>What a crawl counted that some targets cannot store.</summary>
/// <param name="Times">Entries that were changed in times which not every file system stores, by <see cref="TimeRanges"/>; those without
/// entries are left out.</param>
/// <param name="Owners">How many entries each pair of user and group has, the most first; at most <see cref="MostOwners"/>.</param>
/// <param name="ManyNames">Files with many names, the most first.</param>
/// <param name="SparseFiles">Files that show clearly more bytes than they hold.</param>
/// <param name="HoleBytes">How many more.</param>
public sealed record TreeFacts(
    ImmutableArray<TimeCount> Times, ImmutableArray<OwnerCount> Owners, ImmutableArray<NameCount> ManyNames, long SparseFiles,
        long HoleBytes)
{
    /// <summary>Beyond so many pairs of user and group the rarest are not told of.</summary>
    public const int MostOwners = 1000;
}

/// <summary>Entries that were last changed between two times, in seconds since 1970.</summary>
/// <param name="From">The first second.</param>
/// <param name="Until">The first second that is too late; the greatest number for none.</param>
/// <param name="First">The first of them by path.</param>
public sealed record TimeCount(long From, long Until, long Entries, string First)
{
    /// <summary>The numbers of the buckets that have files among them, and 0 where a shared directory has; all numbers where there are
    /// too many files to tell.</summary>
    public ImmutableArray<int> Buckets { get; init; } = [];
}

/// <param name="Entries">How many entries belong to that user and that group.</param>
public sealed record OwnerCount(uint User, uint Group, long Entries);

/// <param name="First">The first of the names of a file.</param>
/// <param name="Names">How many names it has in the tree.</param>
public sealed record NameCount(string First, long Names);

/// <summary>
/// Ranges of time that not every file system stores, in seconds since 1970. Between them lie the times that all store: 1980 to 2038.
/// </summary>
internal static class TimeRanges
{
    /// <summary>For each range its first second, the first that is too late, and one at its outer end, which a target is tried
    /// with.</summary>
    public static ImmutableArray<(long From, long Until, long Tried)> All { get; } =
    [
        (long.MinValue, -(1L << 31), -2_208_988_800), // before 1901-12-13: no 32 bits
        (-(1L << 31), 0, -(1L << 31)), // before 1970: no negative numbers (NFSv3)
        (0, SafeFrom, 1), // before 1980: FAT, exFAT
        (SafeUntil, 1L << 32, (1L << 32) - 1), // 2038 to 2106: 31 bits (ext4 with inodes of 128 bytes, XFS without bigtime)
        (1L << 32, LastOfExt4, LastOfExt4 - 1), // to 2446: 32 bits, FAT
        (LastOfExt4, LastOfXfs, LastOfXfs - 1), // to 2486: 34 bits (ext4)
        (LastOfXfs, long.MaxValue, 253_402_300_799), // XFS; the last of the year 9999
    ];

    private const long SafeFrom = 315_532_800;
    private const long SafeUntil = 1L << 31;
    private const long LastOfExt4 = 15_032_385_536;
    private const long LastOfXfs = 16_299_260_425;

    /// <summary>The number of the range that a time lies in; -1 for times that all file systems store.</summary>
    public static int Of(long seconds)
    {
        if (seconds is >= SafeFrom and < SafeUntil) return -1;
        var index = 0;
        while (seconds >= All[index].Until || seconds < All[index].From) index++;
        return index;
    }
}
