using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Partitioning;

namespace QSplit.Qumulo.Tests.Synthetic;

public sealed class PlanWithoutACrawlSpecs
{
    [Theory]
    [InlineData("files=1e4,seed=7", 10_000 + 400 + 100 + 1)]
    [InlineData("files=1e9,seed=7", 1_000_000_000L + 40_000_000 + 10_000_000 + 1)]
    [InlineData("files=1e12,seed=3", 1_000_000_000_000L + 40_000_000_000 + 10_000_000_000 + 1)]
    public async Task Sixty_calls_are_enough_for_64_buckets_of_a_tree_of_any_size(string tree, long entries)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var emulator = await EmulatedCluster.StartAsync(new("synthetic:" + tree), TimeProvider.System, cancellationToken);
        var cluster = new Cluster("demo", [emulator.Address], emulator.Port, emulator.User, new Secret(emulator.Password), null, null, null, emulator.Fingerprint, false, null);
        await using var client = await QumuloClient.ConnectAsync(cluster, new(), warning => Assert.Fail(warning), TimeProvider.System, cancellationToken);
        var source = await client.OpenAsync("/", snapshot: null, cancellationToken);
        var plan = await Planner.PlanAsync(source, new("demo", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Cost), 64, 0), cancellationToken);

        emulator.Calls.ShouldBeLessThan(60);
        plan.Buckets.Length.ShouldBe(64);
        plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(plan.Balance.Bound * 1.01);
        plan.Totals.Entries.ShouldBe(entries);
        plan.Buckets.SelectMany(bucket => bucket.Items).ShouldBeUnique();
    }
}
