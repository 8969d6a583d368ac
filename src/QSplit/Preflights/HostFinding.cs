using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>What was found of one host before work is given to it.</summary>
/// <param name="Host">Its name in the manifest.</param>
/// <param name="Place">Where it is: <c>mover@dtn1.example.com</c>, <c>this machine</c>.</param>
/// <param name="IsDown">Whether it could not be reached at all: then the one finding says why, and nothing else is known.</param>
/// <param name="Rsync">The version of its rsync, <c>3.2.7</c>; null where there is none.</param>
/// <param name="FreeBytes">Bytes that are left on its target; null where it does not tell.</param>
/// <param name="FreeInodes">Entries that can still be made there; null where the file system does not tell.</param>
/// <param name="ClockDifference">By how much its clock is ahead of this machine's, at the least; null where it does not tell.</param>
/// <param name="KeepsNanoseconds">Whether a time on the target was read back on this host to the nanosecond.</param>
public sealed record HostFinding(
    string Host,
    string Place,
    bool IsDown,
    ImmutableArray<Finding> Findings,
    string? Rsync,
    long? FreeBytes,
    long? FreeInodes,
    TimeSpan? ClockDifference,
    bool KeepsNanoseconds)
{
    /// <summary>Whether work can be given to it.</summary>
    public bool IsUsable => !IsDown && Findings.All(f => f.Severity != Severity.Problem);

    /// <summary>Why no work can be given to it; null when it can.</summary>
    public string? WhyNot => IsUsable ? null : string.Join(' ', Findings.Where(f => IsDown || f.Severity == Severity.Problem).Select(f => f.Text));

    /// <summary>What the target ignores when it compares names.</summary>
    public NameFolding Folds { get; init; }

    /// <summary>Whether the target keeps every other second.</summary>
    internal bool HasTwoSeconds { get; init; }

    /// <summary>The numbers of the <see cref="TimeRanges"/> that the target does not store.</summary>
    internal ImmutableArray<int> UnkeptTimes { get; init; } = [];

    /// <summary>How many names a file may have on the target; null where that is not known.</summary>
    internal long? MostNames { get; init; }

    /// <summary>What it said, for hosts that are compared with it later.</summary>
    internal HostFacts? Facts { get; init; }
}
