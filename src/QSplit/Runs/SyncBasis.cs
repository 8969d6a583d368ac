namespace QSplit.Runs;

/// <summary>What a sync goes by.</summary>
/// <param name="Asked">As it was asked for: <c>last</c>, the id of a snapshot, or a moment in UTC.</param>
/// <param name="Words">Since when, for people: <c>snapshot 41_hourly</c>; empty where the whole tree is looked at.</param>
/// <param name="AsOf">When the cluster told what changed, by its clock; null where the pass has a frozen view of that moment, or looks at the whole tree.</param>
/// <param name="MayLack">Whether something may have changed that it does not know of: then the next pass begins where the one before it ended.</param>
public sealed record SyncBasis(string Asked, string Words, DateTimeOffset? AsOf = null, bool MayLack = false)
{
    /// <summary>The classes of exceptions that are tried again where nothing else is copied: <c>permission,quota</c>; empty of other syncs.</summary>
    public string Retry { get; init; } = "";
}
