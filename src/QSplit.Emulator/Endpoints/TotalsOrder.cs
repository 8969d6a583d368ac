using System.Collections.Immutable;
using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>What totals can be ordered by: the largest come first, and are what is listed where there is no room for all.</summary>
internal static class TotalsOrder
{
    public const string Usual = "total_blocks";

    private static readonly ImmutableDictionary<string, Func<ServedTotals, long>> ByName = new Dictionary<string, Func<ServedTotals, long>>
    {
        [Usual] = totals => totals.Data + totals.Meta,
        ["total_datablocks"] = totals => totals.Data,
        ["total_metablocks"] = totals => totals.Meta,
        ["total_named_stream_datablocks"] = _ => 0,
        ["total_files"] = totals => totals.Files,
        ["total_directories"] = totals => totals.Directories,
        ["total_symlinks"] = totals => totals.Symlinks,
        ["total_other"] = totals => totals.Others,
        ["total_named_streams"] = _ => 0,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <exception cref="Refusal">There is no such order.</exception>
    public static Func<ServedTotals, long> Of(ApiCall call) => ByName.GetValueOrDefault(call.Text("order-by") ?? Usual)
        ?? throw Refusal.BadRequest($"order-by cannot be '{call.Text("order-by")}': there are {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The largest, in descending order, and the sum of all; only the largest are held meanwhile.</summary>
    public static (ImmutableArray<ListedTotals> Largest, ServedTotals Sum) Largest(IEnumerable<ListedTotals> all, Func<ServedTotals, long> order, int most)
    {
        var sum = default(ServedTotals);
        var kept = new PriorityQueue<ListedTotals, ListedTotals>(Comparer<ListedTotals>.Create(Compare));
        foreach (var one in all)
        {
            sum += one.Totals;
            if (kept.Count < most) kept.Enqueue(one, one);
            else if (most > 0) kept.EnqueueDequeue(one, one);
        }
        return ([.. kept.UnorderedItems.Select(item => item.Element).OrderDescending(Comparer<ListedTotals>.Create(Compare))], sum);

        // What is equal stands in the order of its names.
        int Compare(ListedTotals a, ListedTotals b) =>
            order(a.Totals).CompareTo(order(b.Totals)) is var byMetric and not 0 ? byMetric : string.CompareOrdinal(b.Entry.Name, a.Entry.Name);
    }
}

/// <summary>An entry with all below it.</summary>
internal readonly record struct ListedTotals(ServedEntry Entry, ServedTotals Totals);
