namespace QSplit.Transfers;

/// <summary>What one attempt did, in rsync's count.</summary>
/// <param name="Files">Regular files whose content was transferred.</param>
/// <param name="Bytes">Their size in logical bytes.</param>
/// <param name="Created">Entries of all kinds that were not on the target before.</param>
public readonly record struct Moved(long Files, long Bytes, long Created)
{
    public static Moved operator -(Moved left, Moved right) =>
        new(left.Files - right.Files, left.Bytes - right.Bytes, left.Created - right.Created);

    public static Moved operator +(Moved left, Moved right) =>
        new(left.Files + right.Files, left.Bytes + right.Bytes, left.Created + right.Created);
}
