using QSplit.Emulator.Synthetic;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Bench;

/// <summary>How many directories the strategy reads, over many trees, beside those that any strategy has to: a directory heavier than a bucket may be cannot stay whole.</summary>
internal static class PlanReads
{
    private static readonly string[] Shapes = ["projects", "skewed", "even", "deep"];

    private sealed record Cell(int Read, int Forced, int Rounds, double Over, int Items);

    public static async Task<int> RunAsync(string[] shapes)
    {
        Console.WriteLine("| shape | buckets | read: mean | most | of these unavoidable | rounds: mean | most | worst over the bound | most items |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var shape in shapes.Length > 0 ? shapes : Shapes)
        {
            foreach (var buckets in (int[])[4, 16, 64, 200])
            {
                List<Cell> cells = [];
                foreach (var files in (string[])["1e4", "1e6", "1e9"])
                    foreach (var seed in Enumerable.Range(1, 3))
                        foreach (var by in Enum.GetValues<BalanceBy>())
                            cells.Add(await PlanAsync($"{SyntheticSpec.Prefix}files={files},seed={seed},shape={shape}", buckets, CostModel.Default(by)));
                Console.WriteLine(
                    $"| {shape} | {buckets} | {cells.Average(cell => cell.Read):F1} | {cells.Max(cell => cell.Read)} | {cells.Average(cell => cell.Forced):F1} | " +
                    $"{cells.Average(cell => cell.Rounds):F1} | {cells.Max(cell => cell.Rounds)} | {100 * cells.Max(cell => cell.Over):F2} % | {cells.Max(cell => cell.Items):N0} |");
            }
        }
        return 0;
    }

    private static async Task<Cell> PlanAsync(string tree, int buckets, CostModel cost)
    {
        var source = new ServedTreeSource(new SyntheticVolume(SyntheticSpec.Parse(tree)).Head);
        var frontier = Frontier.Start(await source.ReadAsync(EntryPath.Root, CancellationToken.None), cost);
        List<double> weights = [double.PositiveInfinity];
        var rounds = 1;
        for (; Partitioner.ToRead(frontier, buckets) is { IsEmpty: false } wanted; rounds++)
        {
            var read = new List<DirectoryTotals>();
            foreach (var directory in wanted) read.Add(await source.ReadAsync(directory, CancellationToken.None));
            weights.AddRange(read.Select(directory => cost.Weight(directory.Totals)));
            frontier = frontier.With(read);
        }
        var balance = Partitioner.Assign(frontier, buckets).Balance;
        var forced = weights.Count(weight => weight > balance.Bound * (1 + Partitioner.Tolerance));
        return new(weights.Count, forced, rounds, (balance.Heaviest / balance.Bound) - 1, frontier.Items.Length);
    }
}
