using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>What is to be done in this pass: ready, waiting, under way, done or given up. Only the first two are listed.</summary>
/// <param name="Items">All of the pass.</param>
/// <param name="Waiting">For the time of the next try, or for an rsync of an earlier attempt to be over.</param>
/// <param name="Retries">Work that failed in this session; each command starts with patience anew.</param>
internal sealed record Backlog(
    ImmutableDictionary<WorkUnit, WorkItem> Items,
    ReadyItems Ready,
    ImmutableSortedSet<Waiter> Waiting,
    ImmutableDictionary<WorkUnit, Retry> Retries,
    Leases Leases)
{
    public static readonly Backlog None = new(
        ImmutableDictionary<WorkUnit, WorkItem>.Empty, ReadyItems.None, Waiter.None, ImmutableDictionary<WorkUnit, Retry>.Empty, Leases.None);

    /// <summary>Whether something of this pass is yet to be begun.</summary>
    public bool IsAnythingLeft => Ready.Count > 0 || !Waiting.IsEmpty;

    /// <summary>Whether an rsync of this pass may still run that nobody listens to.</summary>
    public bool IsAnyLoose => Leases.Held.Keys.Any(Items.ContainsKey);

    /// <summary>The same knowledge with another list of things to be done.</summary>
    public Backlog With(IEnumerable<WorkItem> items)
    {
        var list = items.ToList();
        var next = this with { Items = list.ToImmutableDictionary(i => i.Work), Ready = ReadyItems.None, Waiting = Waiter.None };
        return list.Aggregate(next, (backlog, item) => backlog.Return(item.Work));
    }

    /// <summary>Takes a piece of work off the lists, wherever it is.</summary>
    public Backlog Take(WorkUnit work) => Items.TryGetValue(work, out var item)
        ? this with { Ready = Ready.Remove(item, RetryOf(work).FailedOn), Waiting = Waiting.Remove(new(Until(work), work)) }
        : this;

    /// <summary>Puts a piece of work back to where its retry says; nowhere when it is given up.</summary>
    public Backlog Return(WorkUnit work) =>
        Items.ContainsKey(work) && RetryOf(work).NotBefore is not null ? this with { Waiting = Waiting.Add(new(Until(work), work)) } : this;

    /// <summary>Holds a piece of work, which is on no list, until an rsync of its last attempt is over.</summary>
    public Backlog Hold(WorkUnit work, DateTimeOffset now) => this with { Leases = Leases.Take(work, now) };

    public Backlog LeaseEnded(WorkUnit work)
    {
        var isWaiting = Waiting.Contains(new(Until(work), work));
        var freed = this with { Waiting = Waiting.Remove(new(Until(work), work)), Leases = Leases.Answer(work) };
        return isWaiting ? freed.Return(work) : freed;
    }

    /// <summary>What has waited long enough is ready.</summary>
    public Backlog At(DateTimeOffset now)
    {
        var next = this;
        while (next.Waiting.Min is { } first && first.Until <= now)
        {
            next = next with { Waiting = next.Waiting.Remove(first), Ready = next.Ready.Add(Items[first.Work], RetryOf(first.Work).FailedOn) };
        }
        return next with { Leases = next.Leases.At(now) };
    }

    public Retry RetryOf(WorkUnit work) => Retries.GetValueOrDefault(work, Retry.None);

    private DateTimeOffset Until(WorkUnit work)
    {
        var (retry, lease) = (RetryOf(work).NotBefore ?? DateTimeOffset.MaxValue, Leases.Until(work));
        return retry > lease ? retry : lease;
    }
}
