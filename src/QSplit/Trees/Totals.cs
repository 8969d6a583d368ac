namespace QSplit.Trees;

/// <summary>What a file, a directory with all below it, or a bucket amounts to.</summary>
/// <param name="Bytes">Bytes allocated on the source: the one unit for sums and balance.</param>
/// <param name="LogicalBytes">Bytes as files show them (holes count, sharing does not); what rsync counts.</param>
/// <param name="Entries">Files, links, specials and directories; a directory counts itself.</param>
public readonly record struct Totals(long Bytes, long LogicalBytes, long Entries)
{
    public static Totals Zero => default;

    public static Totals operator +(Totals left, Totals right) =>
        new(left.Bytes + right.Bytes, left.LogicalBytes + right.LogicalBytes, left.Entries + right.Entries);

    public static Totals operator -(Totals left, Totals right) =>
        new(left.Bytes - right.Bytes, left.LogicalBytes - right.LogicalBytes, left.Entries - right.Entries);
}
