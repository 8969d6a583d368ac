namespace QSplit.Trees;

/// <summary>Whether to advise <c>--sparse</c>.</summary>
internal static class HoleAdvice
{
    /// <summary>Less than that in one file is its last block, kept in its inode, or not worth a word.</summary>
    public const long SmallestHole = 64 * 1024;

    private const long SmallestSum = 1L << 30;

    /// <summary>The advice, or null: when files show at least 1 GiB more than they hold, and that is at least half of what the tree holds.</summary>
    /// <param name="allocated">What the whole tree holds, in bytes.</param>
    public static string? For(long files, long holes, long allocated) => holes < SmallestSum || holes < allocated / 2 ? null
        : $"{files:N0} {(files == 1 ? "file shows" : "files show")} {holes / (double)SmallestSum:N1} GiB more than {(files == 1 ? "it holds" : "they hold")}: " +
          "holes, or compression by the file system. Holes fill up on the target unless --sparse is among the options.";
}
