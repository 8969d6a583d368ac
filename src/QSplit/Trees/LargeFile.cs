namespace QSplit.Trees;

/// <summary>A file that is large among those of its tree.</summary>
public sealed record LargeFile(EntryPath Path, Totals Totals);
