namespace QSplit.Manifests;

/// <summary>Which view of a cluster's directory is planned and copied.</summary>
public abstract record SnapshotChoice
{
    private SnapshotChoice()
    {
    }

    /// <summary>What is there now, while it changes.</summary>
    public sealed record None : SnapshotChoice
    {
        public override string ToString() => "none";
    }

    /// <summary>A snapshot that is taken for the plan.</summary>
    /// <param name="Expiry">After which the cluster lets go of it by itself: longer than the run takes.</param>
    public sealed record New(TimeSpan Expiry) : SnapshotChoice
    {
        public override string ToString() => "new";
    }

    /// <summary>One that is there already.</summary>
    /// <param name="Id">Its number on the cluster.</param>
    public sealed record Existing(string Id) : SnapshotChoice
    {
        public override string ToString() => Id;
    }
}
