namespace QSplit.Transfers;

/// <summary>The passes over one plan, in the order in which they run.</summary>
public enum Pass
{
    /// <summary>Makes the expanded directories on the target, writable, before anything runs in parallel.</summary>
    Open,

    /// <summary>Copies the buckets.</summary>
    Baseline,

    /// <summary>Over the expanded directories, after all buckets: files that arrived since, times and modes.</summary>
    Seal,
}
