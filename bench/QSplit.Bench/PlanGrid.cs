using System.Diagnostics;
using QSplit.Emulator.Synthetic;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Bench;

internal static class PlanGrid
{
    public static async Task<int> RunAsync()
    {
        while (Console.ReadLine() is { } line)
        {
            var p = line.Split(' ');
            var source = new ServedTreeSource(p[0], new SyntheticVolume(SyntheticSpec.Parse(p[0])).Head, 5000);
            var cost = CostModel.Default(Enum.Parse<BalanceBy>(p[2], true));
            var buckets = int.Parse(p[1]);
            var clock = Stopwatch.StartNew();
            var frontier = Frontier.Start(await source.ReadAsync(EntryPath.Root, default), cost);
            var (rounds, forced) = (1, 1);
            while (true)
            {
                var wanted = Partitioner.ToRead(frontier, buckets);
                if (wanted.IsEmpty) break;
                rounds++;
                var placement = Placement.Of(frontier.Items, buckets);
                if (frontier.Items.First(i => i.Path == wanted[0]).Weight > placement.Bound * 1.01) forced += wanted.Length;
                List<DirectoryTotals> read = [];
                foreach (var w in wanted) read.Add(await source.ReadAsync(w, default));
                frontier = frontier.With(read);
            }
            var last = Placement.Of(frontier.Items, buckets);
            Console.WriteLine($"{line} calls {source.Calls} forced {forced} rounds {rounds} over {last.Heaviest / last.Bound - 1:F4} items {frontier.Items.Length} s {clock.Elapsed.TotalSeconds:F2}");
        }
        return 0;
    }
}
