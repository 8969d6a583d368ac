using System.Globalization;

namespace QSplit.Manifests;

/// <summary>How many entries may be deleted from a target at once.</summary>
/// <param name="Count">At the most; null where it is a part.</param>
/// <param name="Part">Of the planned entries; null where it is a count.</param>
public sealed record DeletionLimit(long? Count, double? Part)
{
    // Of a small tree a part is next to nothing.
    private const long Least = 100;

    public static readonly DeletionLimit Default = new(null, 0.05);

    /// <summary>The limit for a tree.</summary>
    /// <param name="planned">How many entries it has.</param>
    public long Of(long planned) => Count ?? Math.Max(Least, (long)(planned * Part!.Value));

    /// <summary>As the manifest has it.</summary>
    public override string ToString() => Count?.ToString(CultureInfo.InvariantCulture) ?? string.Create(CultureInfo.InvariantCulture, $"{100 * Part!.Value:0.######}%");
}
