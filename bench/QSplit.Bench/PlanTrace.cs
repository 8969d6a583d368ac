using QSplit.Emulator.Synthetic;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Bench;

internal static class PlanTrace
{
    public static async Task<int> RunAsync(string tree, int buckets)
    {
        var source = new ServedTreeSource(tree, new SyntheticVolume(SyntheticSpec.Parse(tree)).Head, 5000);
        var cost = CostModel.Default(BalanceBy.Cost);
        var frontier = Frontier.Start(await source.ReadAsync(EntryPath.Root, default), cost);
        while (true)
        {
            var p = Placement.Of(frontier.Items, buckets);
            var wanted = Partitioner.ToRead(frontier, buckets);
            var mean = p.Loads.Sum() / buckets;
            Console.WriteLine($"{source.Calls} items {frontier.Items.Length} heaviest {p.Heaviest / p.Bound:F3} decisive {p.Decisive} loads {string.Join(' ', p.Loads.OrderDescending().Take(6).Select(l => $"{l / mean:F2}"))} .. {p.Loads.Min() / mean:F2} reads {wanted.Length}: {string.Join(' ', wanted.Select(w => $"{frontier.Items.First(i => i.Path == w).Weight / mean:F3}"))}");
            if (wanted.IsEmpty) return 0;
            List<DirectoryTotals> read = [];
            foreach (var w in wanted) read.Add(await source.ReadAsync(w, default));
            if (source.Calls < 40) foreach (var r in read) Console.WriteLine("    " + r.Children.Length + " children: " + string.Join(' ', r.Children.Select(c => cost.Weight(c.Totals) / mean).OrderDescending().Take(8).Select(x => $"{x:F3}")) + $" dirs {r.Children.Count(c => c.Kind == EntryKind.Directory)}");
            frontier = frontier.With(read);
        }
    }
}
