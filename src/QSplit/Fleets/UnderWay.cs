using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>An attempt from the moment it was decided on.</summary>
/// <param name="Since">When it was decided on.</param>
/// <param name="BytesPerSecond">Its share of the limits; null without any.</param>
/// <param name="IsRecorded">Whether its beginning was recorded; until then it may come to nothing.</param>
/// <param name="IsEnding">Whether its end was asked for.</param>
internal sealed record UnderWay(Slot Slot, DateTimeOffset Since, long? BytesPerSecond, bool IsRecorded, bool IsEnding)
{
    /// <summary>How much it has sent, as far as that was reported.</summary>
    public Sent Sent { get; init; }
}

/// <summary>What an attempt has sent so far, in logical bytes.</summary>
/// <param name="OfWholeFiles">Those that belong to complete files: all others are sent again when the attempt is ended.</param>
internal readonly record struct Sent(long Bytes, long OfWholeFiles);
