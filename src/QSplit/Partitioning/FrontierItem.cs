using System.Runtime.InteropServices;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What goes into a bucket in one piece: a directory with all below it, or a loose file, link or special of an expanded directory.</summary>
/// <param name="Weight">By the frontier's cost model.</param>
/// <param name="Expandable">Whether it can be cut finer: a directory that the source can list, with something in it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FrontierItem(EntryPath Path, Totals Totals, double Weight, bool Expandable) : IComparable<FrontierItem>
{
    /// <summary>What it is: of a directory all below it goes with it.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>Whether it has to be cut finer, however heavy it is.</summary>
    public bool MustDivide { get; init; }

    /// <summary>The order in which items are put into buckets: heaviest first, ties by path bytes.</summary>
    public int CompareTo(FrontierItem other) => other.Weight.CompareTo(Weight) is var byWeight and not 0 ? byWeight : Path.CompareTo(other.Path);

    public static bool operator <(FrontierItem left, FrontierItem right) => left.CompareTo(right) < 0;

    public static bool operator <=(FrontierItem left, FrontierItem right) => left.CompareTo(right) <= 0;

    public static bool operator >(FrontierItem left, FrontierItem right) => left.CompareTo(right) > 0;

    public static bool operator >=(FrontierItem left, FrontierItem right) => left.CompareTo(right) >= 0;
}
