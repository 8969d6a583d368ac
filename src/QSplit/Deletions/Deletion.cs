using QSplit.Trees;

namespace QSplit.Deletions;

/// <summary>Something that is only on the target.</summary>
/// <param name="IsDirectory">Whether it is one: then it goes with all below it.</param>
/// <param name="Entries">How many entries that is, itself among them.</param>
/// <param name="GivesWayTo">What is copied to its place, or to that of a directory around it: then it goes by that, and the pass that deletes has nothing to do with it. Null otherwise.</param>
internal readonly record struct Deletion(EntryPath Path, bool IsDirectory, long Entries, EntryPath? GivesWayTo = null)
{
    public bool GivesWay => GivesWayTo is not null;

    /// <summary>The logical bytes of its files; null where nobody has measured it.</summary>
    public long? Bytes { get; init; }
}
