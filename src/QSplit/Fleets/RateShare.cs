namespace QSplit.Fleets;

/// <summary>How a limit is divided among the attempts under it. An attempt keeps its share for as long as it runs: rsync cannot be told another.</summary>
internal static class RateShare
{
    // Below it rsync is hardly limited evenly any more, and hardly moves.
    private const long Least = 1024;

    /// <summary>
    /// Whether enough is left to begin another attempt. An attempt with a sliver would crawl for as long as it runs: it is better begun when one that
    /// runs has ended. With nothing under way something may always begin.
    /// </summary>
    /// <param name="limit">Bytes a second; null is no limit.</param>
    /// <param name="used">The shares of what runs, in bytes a second.</param>
    /// <param name="slots">All that the limit is for, 1 or more.</param>
    public static bool IsLeft(long? limit, long used, int slots) => limit is not { } most || used == 0 || most - used >= Math.Max(Least, most / slots / 2);

    /// <summary>The share of an attempt that begins: an even part of what is left for those that can begin, and an even part of the whole if there is that much.</summary>
    /// <param name="free">Slots that are free, this one included.</param>
    /// <param name="ready">Pieces of work that could begin, this one included.</param>
    public static long? Of(long? limit, long used, int slots, int free, int ready)
    {
        if (limit is not { } most) return null;
        var left = most - used;
        return Math.Max(Least, Math.Max(left / Math.Min(free, ready), Math.Min(left, most / slots)));
    }
}
