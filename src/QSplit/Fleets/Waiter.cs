using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>A piece of work for which something is over at a certain time.</summary>
internal sealed record Waiter(DateTimeOffset Until, WorkUnit Work)
{
    /// <summary>An empty set of them, the soonest first.</summary>
    public static readonly ImmutableSortedSet<Waiter> None = ImmutableSortedSet.Create<Waiter>(Comparer<Waiter>.Create((a, b) =>
        a.Until.CompareTo(b.Until) is var byTime and not 0 ? byTime : WorkItem.ByNumber(a.Work, b.Work)));
}
