using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>What the dispatcher knows of a host.</summary>
/// <param name="IsListed">Whether the manifest still names it; one that it does not is remembered for what runs on it.</param>
/// <param name="Busy">What its slots are at.</param>
/// <param name="Rate">The sum of the shares of what runs on it, in bytes a second.</param>
/// <param name="Tried">The attempt that it is tried with.</param>
internal sealed record HostState(HostTerms Terms, bool IsListed, Circuit Circuit, ImmutableSortedDictionary<int, WorkUnit> Busy, long Rate, WorkUnit? Tried)
{
    /// <summary>Those with the lowest share of busy slots first, then by name.</summary>
    public static readonly IComparer<HostState> IdlestFirst = Comparer<HostState>.Create((a, b) =>
        ((long)a.Busy.Count * b.Terms.Slots).CompareTo((long)b.Busy.Count * a.Terms.Slots) is var byShare and not 0 ? byShare : string.CompareOrdinal(a.Name, b.Name));

    /// <summary>What failed since its last success and may be its own fault: at once, or where another host did the work.</summary>
    public ImmutableDictionary<WorkUnit, Doubt> Doubts { get; init; } = ImmutableDictionary<WorkUnit, Doubt>.Empty;

    /// <summary>How many of these failed at once.</summary>
    public int DoubtsAtOnce => Doubts.Values.Count(doubt => doubt.IsAtOnce);

    /// <summary>When an attempt on it last copied something; null before the first.</summary>
    public DateTimeOffset? Success { get; init; }

    public string Name => Terms.Name;

    public bool IsUsable => IsListed && !Terms.Drains && Circuit.GetsWork;

    /// <summary>Whether it gets work without being on trial.</summary>
    public bool IsWell => IsUsable && Circuit.Health == Health.Well;

    public bool IsToBeProbed => IsListed && !Terms.Drains && Circuit.Health == Health.SetAside;

    /// <summary>Whether it is new, and what it is worth will soon be known.</summary>
    public bool IsUnseen => IsListed && !Terms.Drains && !Circuit.GetsWork && Circuit.Why is null;

    /// <summary>How many attempts can begin on it now.</summary>
    public int Free => !IsUsable || Busy.Count >= Terms.Slots || !RateShare.IsLeft(Terms.BytesPerSecond, Rate, Terms.Slots) ? 0
        : Circuit.Health == Health.Well ? Terms.Slots - Busy.Count
        : Tried is null ? 1 : 0;

    public HostCounts Counts => new(IsUsable ? 1 : 0, IsWell ? 1 : 0, IsUnseen ? 1 : 0, IsUsable ? Terms.Slots : 0, Free, Rate);

    public int FirstFreeSlot => Enumerable.Range(1, Terms.Slots).First(n => !Busy.ContainsKey(n));

    public HostView View => new(
        Name, Terms.Slots, Busy.Count, Circuit.Why, Circuit.Health == Health.SetAside ? Circuit.Due : null, Terms.Drains);

    public static HostState Of(HostTerms terms, Circuit circuit) => new(terms, true, circuit, ImmutableSortedDictionary<int, WorkUnit>.Empty, 0, null);

    public HostState Succeeded(DateTimeOffset now) => this with { Doubts = Doubts.Clear(), Success = now };

    public HostState Begin(WorkUnit work, int slot, long rate) =>
        this with { Busy = Busy.SetItem(slot, work), Rate = Rate + rate, Tried = Circuit.Health == Health.Trial ? work : Tried };

    public HostState End(WorkUnit work, int slot, long rate) => this with { Busy = Busy.Remove(slot), Rate = Rate - rate, Tried = Tried == work ? null : Tried };
}

/// <summary>Figures of one host, or the sums over several.</summary>
/// <param name="Usable">Hosts that get work.</param>
/// <param name="Well">Those of them that are not merely tried.</param>
/// <param name="Unseen">Hosts that are new.</param>
/// <param name="Slots">Of the usable hosts.</param>
/// <param name="Free">Slots on which something can begin now.</param>
/// <param name="Rate">The shares of what runs, in bytes a second.</param>
internal readonly record struct HostCounts(int Usable, int Well, int Unseen, int Slots, int Free, long Rate)
{
    public static HostCounts operator +(HostCounts a, HostCounts b) =>
        new(a.Usable + b.Usable, a.Well + b.Well, a.Unseen + b.Unseen, a.Slots + b.Slots, a.Free + b.Free, a.Rate + b.Rate);

    public static HostCounts operator -(HostCounts a, HostCounts b) =>
        new(a.Usable - b.Usable, a.Well - b.Well, a.Unseen - b.Unseen, a.Slots - b.Slots, a.Free - b.Free, a.Rate - b.Rate);
}
