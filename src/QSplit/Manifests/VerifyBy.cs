namespace QSplit.Manifests;

/// <summary>What of the content is compared when a migration is verified. Metadata always is.</summary>
public enum VerifyBy
{
    /// <summary>Nothing is verified.</summary>
    None,

    /// <summary>Sizes.</summary>
    Size,

    /// <summary>Every byte, by checksums on both sides.</summary>
    Checksum,
}
