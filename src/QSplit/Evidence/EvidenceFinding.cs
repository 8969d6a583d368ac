namespace QSplit.Evidence;

/// <summary>Something in an evidence folder that is not as it was when it was closed.</summary>
/// <param name="File">Relative to the folder.</param>
/// <param name="Problem">What is wrong with it: <c>is missing</c>.</param>
public sealed record EvidenceFinding(string File, string Problem)
{
    public override string ToString() => $"{File} {Problem}";
}
