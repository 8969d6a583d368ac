using QSplit.Trees;

namespace QSplit.Deletions;

/// <summary>Something that is only on the target.</summary>
/// <param name="IsDirectory">Whether it is one: then it goes with all below it.</param>
/// <param name="Entries">How many entries that is, itself among them.</param>
/// <param name="GivesWay">Whether something that is copied takes its place: then it goes by that, and the pass that deletes has nothing to do with it.</param>
internal readonly record struct Deletion(EntryPath Path, bool IsDirectory, long Entries, bool GivesWay = false);
