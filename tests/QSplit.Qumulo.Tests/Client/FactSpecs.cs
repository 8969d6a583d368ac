using QSplit.Clusters;

namespace QSplit.Qumulo.Tests.Client;

public sealed class FactSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("""{"block_size_bytes": 4096, "total_size_bytes": "340282366920938463463374607431768211455", "free_size_bytes": "12", "snapshot_size_bytes": "3"}""", "340282366920938463463374607431768211455", null, "3")]
    [InlineData("""{"block_size_bytes": "4096", "total_size_bytes": 99, "free_size_bytes": 12, "raw_size_bytes": "120"}""", "99", "120", null)]
    public async Task The_size_of_old_and_new_clusters(string json, string total, string? raw, string? snapshots)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On("GET /v1/file-system", Answer.Json(json));
        await using var client = await cluster.ConnectAsync();
        var size = await client.ReadCapacityAsync(TestContext.Current.CancellationToken);
        (size.Block, size.Free, size.Total?.ToString(), size.Raw?.ToString(), size.Snapshots?.ToString()).ShouldBe((4096, (UInt128)12, total, raw, snapshots));
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_name_and_version_as_far_as_it_tells()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On("GET /v1/version", Answer.Json("""{"revision_id": "Qumulo Core 7.7.2", "build_id": "337470.1.24", "flavor": "release"}"""));
        cluster.On("GET /v1/cluster/settings", Answer.Json("""{"cluster_name": "music"}"""), Answer.Error(403, "denied_error"));
        await using var client = await cluster.ConnectAsync();
        (await client.IdentifyAsync(TestContext.Current.CancellationToken)).ShouldBe(new ClusterIdentity("music", "Qumulo Core 7.7.2"));
        (await client.IdentifyAsync(TestContext.Current.CancellationToken)).ShouldBe(new ClusterIdentity(null, "Qumulo Core 7.7.2"));
        client.Calls.ShouldBe(5);
    }
}
