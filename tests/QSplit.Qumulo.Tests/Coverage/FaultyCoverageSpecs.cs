using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Qumulo.Tests.Client;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Coverage;

/// <summary>Plans of a real directory, made through the API of the emulator.</summary>
public sealed class FaultyCoverageSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("")]
    [InlineData("page=3")]
    [InlineData("page=3,lag=50%")]
    [InlineData("too-many=3,retry-after=1,after=4")]
    [InlineData("errors=4,status=502,after=2")]
    [InlineData("cut=4,after=3")]
    [InlineData("truncate=4,after=3")]
    [InlineData("unauthorized-after=5")]
    [InlineData("vanish=/levels")]
    [InlineData("latency=5ms")]
    public async Task Every_entry_is_in_one_bucket_whatever_goes_wrong_on_the_way(string faults)
    {
        using var folder = new TemporaryFolder();
        OddTree.Make(folder.Path);
        await using var emulated = await EmulatedCluster.StartAsync(new(folder.Path) { Faults = faults }, TimeProvider.System, Cancelled);
        var manifest = new Cluster("odd", [emulated.Address], emulated.Port, emulated.User, new Secret(emulated.Password), null, null, null, emulated.Fingerprint, false, null);
        await using var client = await QumuloClient.ConnectAsync(manifest, HurriedTime.Settings with { ChildrenPerCall = 7 }, _ => { }, new HurriedTime(), Cancelled);
        var plan = await Planner.PlanAsync(await client.OpenAsync("/", null, Cancelled), new("odd", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Files), 6, 1), Cancelled);

        plan.Buckets.Length.ShouldBe(6);
        PlanCoverage.ShouldHaveEachOnce(plan, folder.Path);
        client.Calls.ShouldBe(emulated.Calls);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
