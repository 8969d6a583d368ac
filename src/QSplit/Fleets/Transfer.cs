using System.Collections.Immutable;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Fleets;

/// <summary>What one attempt is to do.</summary>
/// <param name="Work">For the log and the events.</param>
/// <param name="Attempt">From 1, over the whole run.</param>
/// <param name="Pass">Which of rsync's forms; a tail of the seal copies as the baseline does.</param>
/// <param name="List">What rsync reads, separated by NUL.</param>
/// <param name="Paths">The two trees as the host sees them.</param>
/// <param name="Witnesses">Planned paths that tell whether the source is the planned tree.</param>
/// <param name="Lease">Names the work among all that may run on the host: the same for each attempt at it.</param>
internal sealed record Transfer(
    WorkUnit Work, int Attempt, Pass Pass, ReadOnlyMemory<byte> List, RsyncPaths Paths, ImmutableArray<EntryPath> Witnesses, string Lease)
{
    /// <summary>Bytes that have to be free on the target; null for none.</summary>
    public long? Reserve { get; init; }

    /// <summary>What was left out of the list, with the reasons.</summary>
    public ImmutableArray<FailedEntry> Skipped { get; init; } = [];

    /// <summary>Which entries count, where it only pretends.</summary>
    public Func<EntryPath, bool> Counts { get; init; } = _ => true;

    /// <summary>Whether all is well where nothing is left but what a directory is in the way of: that goes by a list of deletes.</summary>
    public bool MayBeBlocked { get; init; }

    /// <summary>Whether entries that cannot be compared are differences; otherwise the attempt is tried again.</summary>
    public bool NamesUnread { get; init; }

    /// <summary>Which entries stay although they are only on the target: they are not told of.</summary>
    public Func<EntryPath, bool> IsKept { get; init; } = _ => false;

    /// <summary>Where it writes what it finds, where it verifies.</summary>
    public CheckFiles? Check { get; init; }

    /// <summary>Picks files whose content is to be compared, where it compares metadata alone; null picks none.</summary>
    public Sampling? Sampling { get; init; }

    /// <summary>Given the logical bytes of the files that are complete, as they become so.</summary>
    public Action<long> WholeFiles { get; init; } = _ => { };

    /// <summary>How long it may show no sign of life.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(10);
}
