using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Qumulo.Tests.Coverage;

/// <summary>A plan that a cluster was asked for, and one that the mounted directory was crawled for, leave nothing out and name nothing twice.</summary>
public sealed class CoverageSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Of_a_tree_with_everything_odd_in_it(int buckets)
    {
        OddTree.Make(_folder.Path);

        await ShouldCoverAsync(buckets);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1, 4, 0.0)]
    [InlineData(2, 7, 1.0)]
    [InlineData(3, 40, 1.5)]
    public async Task Of_a_tree_as_it_is_met_in_practice(int seed, int buckets, double skew)
    {
        TreeMaker.Make(_folder.Path, new TreeShape(seed, Files: 3_000, Bytes: 3_000_000_000, skew, Holes: true));

        await ShouldCoverAsync(buckets);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Of_a_directory_with_more_entries_than_one_answer_has()
    {
        for (var i = 0; i < 2_500; i++) File.WriteAllBytes(_folder[$"f{i}"], new byte[i % 7 * 1000]);
        for (var i = 0; i < 40; i++) File.WriteAllBytes(Path.Combine(_folder.MakeDirectory($"d{i}"), "x"), new byte[10_000]);

        await ShouldCoverAsync(12, new QumuloSettings { ChildrenPerCall = 1_000, PageSize = 300 });
    }

    private async Task ShouldCoverAsync(int buckets, QumuloSettings? settings = null)
    {
        var token = TestContext.Current.CancellationToken;
        await using var emulated = await EmulatedCluster.StartAsync(new EmulatorOptions(_folder.Path), TimeProvider.System, token);
        var cluster = new Cluster("c", [emulated.Address], emulated.Port, emulated.User, new Secret(emulated.Password), null, null, null, emulated.Fingerprint, false, null);
        await using var client = await QumuloClient.ConnectAsync(cluster, settings ?? new QumuloSettings(), _ => { }, TimeProvider.System, token);
        var asked = await client.OpenAsync("/", null, token);
        var crawled = await LocalTree.CrawlAsync(_folder.Path, new LocalTreeOptions(), null, token);

        foreach (var source in new[] { asked, crawled })
            foreach (var by in new[] { BalanceBy.Capacity, BalanceBy.Files })
            {
                var plan = await Planner.PlanAsync(source, new PlanRequest("m", DateTimeOffset.UnixEpoch, CostModel.Default(by), buckets, 1), token);
                PlanCoverage.ShouldHaveEachOnce(plan, _folder.Path);
                plan.Buckets.Length.ShouldBeLessThanOrEqualTo(buckets);
            }
    }
}
