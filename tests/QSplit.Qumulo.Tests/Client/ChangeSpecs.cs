using QSplit.Clusters;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>The difference of two snapshots, as the client reads it.</summary>
public sealed class ChangeSpecs
{
    private const string First = "GET /v2/snapshots/9/changes-since/7";
    private const string Second = "GET /v2/snapshots/9/changes-since/7?after=2";

    [Fact(Timeout = HangLimit)]
    public async Task All_pages_are_read_and_what_lies_elsewhere_is_not_ours()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(First, Answer.Json("""{"entries": [{"op": "CREATE", "path": "/music/a b/"}, {"op": "MODIFY", "path": "/music/"}, {"op": "DELETE", "path": "/musicals/x"}], "paging": {"next": "/v2/snapshots/9/changes-since/7?after=2"}}"""));
        cluster.On(Second, Answer.Json("""{"entries": [{"op": "DELETE", "path": "/music/c/é"}], "paging": {"next": ""}}"""));
        await using var client = await cluster.ConnectAsync();

        var changes = await client.ReadChangesAsync("/music", View("7"), View("9"), Cancelled);

        changes!.Value.Select(change => $"{change.Operation} {change.Path} {change.IsDirectory}").ShouldBe(["Created ./a b True", "Modified . True", "Deleted ./c/é False"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_name_that_the_cluster_cannot_say_makes_all_of_it_unknown()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(First, Answer.Json("{\"entries\": [{\"op\": \"MODIFY\", \"path\": \"/music/a\"}, {\"op\": \"CREATE\", \"path\": \"/music/\uFFFD\"}], \"paging\": {\"next\": \"\"}}"));
        await using var client = await cluster.ConnectAsync();

        (await client.ReadChangesAsync("/music", View("7"), View("9"), Cancelled)).ShouldBeNull();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("CREATE", "/media/", true)]
    [InlineData("DELETE", "/media/music/", true)]
    [InlineData("MODIFY", "/media/", false)]
    [InlineData("CREATE", "/media/musicals/", false)]
    public async Task Another_directory_around_the_root_or_in_its_place_makes_all_of_it_unknown(string operation, string path, bool isUnknown)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(First, Answer.Json($$"""{"entries": [{"op": "{{operation}}", "path": "{{path}}"} ], "paging": {"next": "" } }"""));
        await using var client = await cluster.ConnectAsync();

        (await client.ReadChangesAsync("/media/music", View("7"), View("9"), Cancelled) is null).ShouldBe(isUnknown);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("""{"op": "MOVE", "path": "/music/a"}""")]
    [InlineData("""{"op": "CREATE", "path": "/music/../etc"}""")]
    public async Task What_is_no_change_is_an_error(string entry)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(First, Answer.Json("{\"entries\": [" + entry + "], \"paging\": {\"next\": \"\"}}"));
        await using var client = await cluster.ConnectAsync();

        (await Should.ThrowAsync<QSplit.Errors.StorageException>(() => client.ReadChangesAsync("/music", View("7"), View("9"), Cancelled))).Message.ShouldContain("no change of an entry");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static ClusterSnapshot View(string id) => new(id, $"{id}_x", default, null);
}
