using System.Collections.Immutable;
using QSplit.Clusters;

namespace QSplit.Stages;

/// <summary>Where the changes begin that a sync looks for.</summary>
internal abstract record ChangeStart
{
    private ChangeStart()
    {
    }

    /// <summary>Since when, for people.</summary>
    public abstract string Words { get; }

    /// <summary>Whether there may be changes that it cannot tell of.</summary>
    public abstract bool MayLack { get; }

    /// <summary>What is different from frozen views.</summary>
    /// <param name="All">The one that was asked for, and that of the last pass where it is another: an entry that became as it was in the first may have been copied in between.</param>
    public sealed record FromViews(ImmutableArray<HeldSnapshot> All, bool IsLate) : ChangeStart
    {
        public override string Words => All[0].Snapshot.Directory;

        public override bool MayLack => IsLate;
    }

    /// <summary>What has a later time.</summary>
    public sealed record FromTimes(DateTimeOffset From) : ChangeStart
    {
        public override string Words => $"{SinceText.Of(From)}, by change times";

        public override bool MayLack => true;
    }
}
