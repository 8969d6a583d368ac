namespace QSplit.Transfers;

/// <summary>What an rsync compares that is to verify.</summary>
internal enum CheckPass
{
    /// <summary>Metadata and every byte.</summary>
    All,

    /// <summary>Metadata, with sizes.</summary>
    Metadata,

    /// <summary>What is only on the target, and nothing else.</summary>
    Extras,

    /// <summary>Every byte of the files that it is given, and nothing else.</summary>
    Content,

    /// <summary>Whether the names that it is given are names of one file, and nothing else.</summary>
    Links,
}
