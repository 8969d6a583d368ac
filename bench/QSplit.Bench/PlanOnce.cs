using System.Diagnostics;
using QSplit.Emulator.Synthetic;
using QSplit.Manifests;
using QSplit.Partitioning;

namespace QSplit.Bench;

/// <summary>One plan of a synthetic tree in a process of its own: a row of a table.</summary>
internal static class PlanOnce
{
    public const string Head = "| tree | buckets | by | calls | directories read | items | s | over the bound | peak of the process |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    private const int MaxEntries = 5000;

    public static async Task<int> RunAsync(string tree, int buckets, BalanceBy by)
    {
        var spec = SyntheticSpec.Parse(tree);
        var source = new ServedTreeSource(tree, new SyntheticVolume(spec).Head, MaxEntries);
        var clock = Stopwatch.StartNew();
        var plan = await Planner.PlanAsync(source, new("bench", DateTimeOffset.UnixEpoch, CostModel.Default(by), buckets, 0), CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        var peak = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Trim();
        var over = (plan.Balance.Heaviest / plan.Balance.Bound) - 1;
        Console.WriteLine(
            $"| {tree[SyntheticSpec.Prefix.Length..]} | {buckets} | {by.ToString().ToLowerInvariant()} | {source.Calls} | {source.Directories} | {plan.Buckets.Sum(bucket => bucket.Items.Length):N0} | {seconds:F2} | " +
            $"{100 * over:F2} % | {int.Parse(peak.Split(' ')[0]) / 1024} MB |");
        return 0;
    }
}
