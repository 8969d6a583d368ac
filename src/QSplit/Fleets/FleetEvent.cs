using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>Something that the dispatcher is told.</summary>
internal abstract record FleetEvent
{
    private FleetEvent()
    {
    }

    /// <summary>An attempt began or ended, and that was recorded.</summary>
    public sealed record Ran(RunEvent Happened) : FleetEvent;

    /// <summary>It is certain now that no rsync of an earlier attempt runs any more.</summary>
    public sealed record LeaseEnded(WorkUnit Work) : FleetEvent;

    /// <summary>A host was looked at.</summary>
    /// <param name="WhyNot">Null when it is well.</param>
    public sealed record ProbeEnded(string Host, string? WhyNot) : FleetEvent;

    /// <summary>How much attempts have sent so far.</summary>
    public sealed record Progressed(IReadOnlyDictionary<WorkUnit, Sent> Sent) : FleetEvent;

    /// <summary>The manifest was read again.</summary>
    public sealed record TermsChanged(DispatchTerms Terms) : FleetEvent;
}
