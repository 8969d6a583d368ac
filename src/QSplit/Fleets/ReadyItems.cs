using System.Collections.Immutable;

namespace QSplit.Fleets;

/// <summary>What could begin now. Grouped by the hosts on which it failed, so that those that no free host suits are passed over together.</summary>
/// <param name="Heads">The heaviest of each group.</param>
internal sealed record ReadyItems(
    ImmutableDictionary<AvoidedHosts, ImmutableSortedSet<WorkItem>> Groups, ImmutableSortedSet<ReadyItems.FirstOfGroup> Heads, int Count)
{
    public static readonly ReadyItems None = new(
        ImmutableDictionary<AvoidedHosts, ImmutableSortedSet<WorkItem>>.Empty,
        ImmutableSortedSet.Create<FirstOfGroup>(Comparer<FirstOfGroup>.Create((a, b) => WorkItem.HeaviestFirst.Compare(a.Item, b.Item))),
        0);

    private static readonly ImmutableSortedSet<WorkItem> NoItems = ImmutableSortedSet.Create<WorkItem>(WorkItem.HeaviestFirst);

    public ReadyItems Add(WorkItem item, AvoidedHosts avoids)
    {
        var group = Groups.GetValueOrDefault(avoids, NoItems);
        return Change(avoids, group, group.Add(item));
    }

    public ReadyItems Remove(WorkItem item, AvoidedHosts avoids) =>
        Groups.TryGetValue(avoids, out var group) ? Change(avoids, group, group.Remove(item)) : this;

    private ReadyItems Change(AvoidedHosts avoids, ImmutableSortedSet<WorkItem> group, ImmutableSortedSet<WorkItem> next)
    {
        var heads = Heads;
        if (group.Min != next.Min)
        {
            if (group.Min is { } old) heads = heads.Remove(new FirstOfGroup(old, avoids));
            if (next.Min is { } head) heads = heads.Add(new FirstOfGroup(head, avoids));
        }
        return new(next.IsEmpty ? Groups.Remove(avoids) : Groups.SetItem(avoids, next), heads, Count + next.Count - group.Count);
    }

    internal sealed record FirstOfGroup(WorkItem Item, AvoidedHosts Avoids);
}
