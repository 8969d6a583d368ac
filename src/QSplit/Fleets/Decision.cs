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
    /// <param name="Named">The entries that are left of the bucket; empty for the whole of it.</param>
    /// <param name="BytesPerSecond">Its share of the limits; null without any.</param>
    public sealed record StartAttempt(WorkUnit Work, Slot Slot, ImmutableArray<FailedEntry> Named, long? BytesPerSecond) : Decision
    {
        public bool Equals(StartAttempt? other) =>
            other is not null && (Work, Slot, BytesPerSecond) == (other.Work, other.Slot, other.BytesPerSecond) && Named.SequenceEqual(other.Named);

        public override int GetHashCode() => HashCode.Combine(Work, Slot, Named.Length, BytesPerSecond);
    }

    /// <summary>Find out whether an rsync that nobody listens to still runs, and end it.</summary>
    public sealed record EndLease(WorkUnit Work, RunEvent.AttemptStarted Loose) : Decision;

    /// <summary>Look whether a host that is set aside, or is new, is well.</summary>
    public sealed record ProbeHost(string Host) : Decision;

    /// <summary>End an attempt gracefully; what it was at goes back to the queue.</summary>
    public sealed record EndAttempt(WorkUnit Work, string Why) : Decision;

    /// <summary>Record what the dispatcher found about a host.</summary>
    public sealed record Tell(RunEvent Happened) : Decision;

    /// <summary>Ask again then at the latest: something will have changed by time alone.</summary>
    public sealed record Pause(DateTimeOffset Until) : Decision;
}
