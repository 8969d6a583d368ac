using System.Diagnostics;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

public sealed class SpeedSpecs
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task A_hundred_thousand_files_are_summed_up_listed_and_frozen_in_moments()
    {
        await using var emulator = await RunningEmulator.StartAsync(root => TreeMaker.Make(root, new TreeShape(1, 100_000, 100_000_000, Holes: true)), below: TemporaryFolder.InMemory);
        var clock = Stopwatch.StartNew();
        await MeasureAsync("totals, first", () => emulator.GetAsync("/v1/files/%2F/aggregates/"));
        await MeasureAsync("totals", () => emulator.GetAsync("/v1/files/%2F/aggregates/"));
        await MeasureAsync("entries of the root", () => emulator.GetAsync("/v1/files/%2F/entries/?limit=1000"));
        await MeasureAsync("snapshot", () => emulator.FreezeAsync());
        await MeasureAsync("totals in it, first", () => emulator.GetAsync("/v1/files/%2F/aggregates/?snapshot=1"));
        await MeasureAsync("totals in it", () => emulator.GetAsync("/v1/files/%2F/aggregates/?snapshot=1"));
        await MeasureAsync("snapshot", () => emulator.FreezeAsync());
        await MeasureAsync("difference", () => emulator.ChangesAsync(1, 2));
        await MeasureAsync("deletion", () => emulator.SendAsync(HttpMethod.Delete, "/v2/snapshots/1", null));

        async Task MeasureAsync<T>(string what, Func<Task<T>> call)
        {
            clock.Restart();
            await call();
            TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {clock.ElapsedMilliseconds} ms");
            clock.ElapsedMilliseconds.ShouldBeLessThan(30_000, what);
        }
    }
}
