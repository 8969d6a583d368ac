using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Fleets;

/// <summary>What one attempt came to.</summary>
/// <param name="Directories">Those that a seal came by; of other passes none.</param>
/// <param name="Lost">Whether its rsync may run on, unheard.</param>
/// <param name="Preview">What it would have done; null where it did it.</param>
internal sealed record Transferred(TransferOutcome Outcome, Moved Moved, TimeSpan Elapsed, IReadOnlyList<EntryPath> Directories, bool Lost = false, Preview? Preview = null)
{
    /// <summary>Whether it was ended because it showed no sign of life.</summary>
    public bool IsStalled { get; init; }

    /// <summary>What a verification found; null of others.</summary>
    public Checked? Checked { get; init; }

    /// <summary>What could not be copied yet, because a directory is in its place: only where that was no failure.</summary>
    public IReadOnlyCollection<EntryPath> Blocked { get; init; } = [];

    /// <summary>Of what a copy did not find: what rsync had listed before.</summary>
    public IReadOnlyCollection<EntryPath> Missed { get; init; } = [];

    /// <summary>Paths that rsync was given and did not find on the source.</summary>
    public IReadOnlyCollection<EntryPath> Gone { get; init; } = [];

    /// <summary>How many entries rsync found on the source; null where its statistics did not come.</summary>
    public long? Listed { get; init; }

    /// <summary>The files whose content is to be compared yet, because a sample has them.</summary>
    public IReadOnlyList<EntryPath> Picked { get; init; } = [];
}
