using System.Text.Json.Serialization;

namespace QSplit.Verifications;

/// <summary>How the entries that were planned add up with those that were compared.</summary>
/// <param name="Planned">Entries of all kinds when the tree was planned.</param>
/// <param name="Compared">Entries on the source that were compared.</param>
/// <param name="NotCompared">Entries that could not be compared. Each is a difference with its name.</param>
/// <param name="LeftOut">Links, devices and pipes that an option such as <c>--no-links</c> leaves out.</param>
public sealed record EntryBalance(long Planned, long Compared, long NotCompared, long LeftOut)
{
    /// <summary>Entries that came to the source after it was planned, less those that are gone since. Negative where more are gone.</summary>
    [JsonIgnore]
    public long Since => Compared + NotCompared + LeftOut - Planned;
}
