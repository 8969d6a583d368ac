namespace QSplit.Transfers;

/// <summary>What one attempt did, in rsync's count.</summary>
/// <param name="Files">Regular files whose content was transferred.</param>
/// <param name="Bytes">Their size in logical bytes.</param>
/// <param name="Created">Entries of all kinds that were not on the target before.</param>
public readonly record struct Moved(long Files, long Bytes, long Created)
{
    /// <summary>Entries of all kinds that were taken away from the target.</summary>
    public long Deleted { get; init; }

    public static Moved operator -(Moved left, Moved right) =>
        new(left.Files - right.Files, left.Bytes - right.Bytes, left.Created - right.Created) { Deleted = left.Deleted - right.Deleted };

    public static Moved operator +(Moved left, Moved right) =>
        new(left.Files + right.Files, left.Bytes + right.Bytes, left.Created + right.Created) { Deleted = left.Deleted + right.Deleted };
}
