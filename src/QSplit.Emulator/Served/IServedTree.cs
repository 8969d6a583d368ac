namespace QSplit.Emulator.Served;

/// <summary>A tree that is served: as it is at the moment of asking, or as a snapshot froze it. Paths are absolute, <c>/</c> is its root, without a trailing slash otherwise.</summary>
internal interface IServedTree
{
    /// <summary>The entry at a path; null when there is none. Links on the way are not followed.</summary>
    ServedEntry? Find(string path);

    /// <summary>The entry with an id; null when there is none.</summary>
    ServedEntry? FindById(string id);

    /// <summary>A directory's entries behind a cursor, in the order of theirs, one by one as they are asked for.</summary>
    /// <param name="after">The cursor of the last entry seen; 0 for the first page.</param>
    IEnumerable<ServedEntry> ReadChildren(ServedEntry directory, long after);

    /// <summary>The directory with all below it, itself included.</summary>
    ServedTotals TotalsOf(ServedEntry directory);

    /// <summary>A directory's entries, each with all below it; in no particular order, one by one.</summary>
    IEnumerable<(ServedEntry Entry, ServedTotals Totals)> ReadTotals(ServedEntry directory);
}
