using QSplit.Trees;

namespace QSplit.Verifications;

/// <summary>One difference of one entry.</summary>
/// <param name="IsDirectory">Whether it is one: on the target where it is not on the source.</param>
/// <param name="Size">Logical bytes on the source; 0 for what is not there.</param>
internal readonly record struct EntryDifference(DifferenceKind Kind, bool IsDirectory, long Size, EntryPath Path);
