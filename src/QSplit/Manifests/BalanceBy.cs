namespace QSplit.Manifests;

/// <summary>What is made equal among buckets.</summary>
public enum BalanceBy
{
    /// <summary>Bytes allocated on the source.</summary>
    Capacity,

    /// <summary>Entries: files, links, specials and directories.</summary>
    Files,

    /// <summary>Seconds that one rsync is expected to take.</summary>
    Cost,
}
