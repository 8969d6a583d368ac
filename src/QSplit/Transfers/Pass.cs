namespace QSplit.Transfers;

/// <summary>The passes over one plan, in the order in which they run.</summary>
public enum Pass
{
    /// <summary>Makes the expanded directories on the target, writable, before anything runs in parallel.</summary>
    Open,

    /// <summary>Copies the buckets.</summary>
    Baseline,

    /// <summary>Links names again that different buckets have, once all of them are across.</summary>
    Links,

    /// <summary>Takes away from the target what a reviewed list names, after all buckets are across.</summary>
    Delete,

    /// <summary>Over the expanded directories, after all buckets: files that arrived since, times and modes.</summary>
    Seal,
}
