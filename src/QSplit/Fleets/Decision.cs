using System.Collections.Immutable;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Fleets;

/// <summary>What the dispatcher wants done next.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Begin an attempt.</summary>
    /// <param name="Named">The entries that are left of the bucket; empty for the whole bucket.</param>
    public sealed record StartAttempt(int Bucket, Slot Slot, ImmutableArray<FailedEntry> Named) : Decision
    {
        public bool Equals(StartAttempt? other) =>
            other is not null && Bucket == other.Bucket && Slot == other.Slot && Named.SequenceEqual(other.Named);

        public override int GetHashCode() => HashCode.Combine(Bucket, Slot, Named.Length);
    }

    /// <summary>Nothing to begin before then: a bucket waits for its next try.</summary>
    public sealed record Pause(DateTimeOffset Until) : Decision;
}
