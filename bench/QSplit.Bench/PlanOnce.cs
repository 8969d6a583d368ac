using System.Diagnostics;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Qumulo;

namespace QSplit.Bench;

/// <summary>One plan through the API over TLS, in a process of its own: login, survey and partition, with all that has to be compiled for them; and the same again, compiled.</summary>
internal static class PlanOnce
{
    public static async Task<int> RunAsync(string tree, int buckets, string faults)
    {
        string[] serve = [Environment.GetCommandLineArgs()[0], "serve", tree, faults];
        using var emulator = Process.Start(new ProcessStartInfo("dotnet", serve) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var login = (await emulator.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator did not start.")).Split(' ');

        var clock = Stopwatch.StartNew();
        var cluster = new Cluster("bench", ["127.0.0.1"], int.Parse(login[0]), login[1], new Secret(login[2]), null, null, null, login[3], false, null);
        await using var client = await QumuloClient.ConnectAsync(cluster, new(), Console.Error.WriteLine, TimeProvider.System, CancellationToken.None);
        var source = await client.OpenAsync("/", snapshot: null, CancellationToken.None);
        var request = new PlanRequest("bench", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Cost), buckets, 0);
        var plan = await Planner.PlanAsync(source, request, CancellationToken.None);
        var first = clock.Elapsed.TotalSeconds;
        await emulator.StandardInput.WriteLineAsync();
        await emulator.StandardInput.FlushAsync();
        var calls = await emulator.StandardOutput.ReadLineAsync();
        var (peak, processor) = (Peak.Megabytes, Environment.CpuUsage.TotalTime.TotalSeconds);

        clock.Restart();
        await Planner.PlanAsync(source, request, CancellationToken.None);
        var again = clock.Elapsed.TotalSeconds;
        emulator.StandardInput.Close();
        var items = plan.Buckets.Sum(bucket => bucket.Items.Length);
        Console.WriteLine($"{calls} {plan.Levels.Length} {items} {first:F2} {again:F2} {100 * ((plan.Balance.Heaviest / plan.Balance.Bound) - 1):F2} {peak} {processor:F2}");
        return 0;
    }
}
