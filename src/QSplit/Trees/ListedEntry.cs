namespace QSplit.Trees;

/// <summary>Which file a name stands for, on all the devices below a source.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);

/// <summary>One entry as a <see cref="Listing"/> keeps it.</summary>
/// <param name="Name">A view of the listing's own bytes.</param>
/// <param name="Own">The entry alone: for a directory, without what is below it.</param>
/// <param name="Linked">Which file it is, when that has other names too; otherwise null.</param>
/// <param name="Look">Of one with other names: the same for all of them, since it is made of the mode and the time of the file.</param>
internal readonly record struct ListedEntry(ReadOnlyMemory<byte> Name, EntryKind Kind, Totals Own, FileIdentity? Linked, uint Look);
