using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>What an entry is, as far as the planner cares: only a directory has something below it; links are never followed.</summary>
public enum EntryKind : byte
{
    File,
    Directory,
    Symlink,
    Special,
}

/// <summary>One entry of a directory: its name (bytes), and what it and all below it amount to.</summary>
/// <param name="Name">
/// One name, without slashes. It may be one that cannot be used (see <see cref="EntryPath.WhyNotAName"/>): then it becomes no item of a plan.
/// </param>
/// <param name="Expandable">Whether the source can list what is below; false for all but readable directories.</param>
/// <param name="Doubt">Why the name may not be the bytes that are on disk, which has the same effect; null when it is.</param>
public readonly record struct ChildTotals(ReadOnlyMemory<byte> Name, EntryKind Kind, Totals Totals, bool Expandable, string? Doubt = null)
{
    /// <summary>Whether it is never given to a bucket whole, because something below it is not to be copied.</summary>
    public bool MustDivide { get; init; }
}

/// <summary>
/// A directory's own totals and those of its children. On a live cluster aggregates lag: the totals need not be the sum over
/// the children plus the directory.
/// </summary>
/// <param name="Path">The directory.</param>
/// <param name="Totals">The directory with all below it.</param>
/// <param name="Children">Its entries, in no particular order, each name once.</param>
public sealed record DirectoryTotals(EntryPath Path, Totals Totals, ImmutableArray<ChildTotals> Children)
{
    /// <summary>Whether the source refused to tell: then what the parent says of it stays, and it is never expanded.</summary>
    public bool Withheld { get; init; }

    /// <summary>Whether something in it is not to be copied: then it becomes a level, even when nothing else is in it.</summary>
    public bool IsPartial { get; init; }
}
