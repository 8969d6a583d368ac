using QSplit.Clusters;

namespace QSplit.Qumulo.Tests.Client;

public sealed class SnapshotSpecs
{
    private const string MusicId = "94127437418840285971493158914";
    private const string Expires = "2026-11-23T17:30:00Z";
    private const string Take = "POST /v2/snapshots/";
    private const string Take3 = "POST /v3/snapshots/";
    private const string List = "GET /v2/snapshots/?include-in-delete=false";

    private static readonly Answer NoSuchCall = Answer.Error(404, "rest_not_found_error");

    [Fact(Timeout = HangLimit)]
    public async Task I_can_freeze_a_directory()
    {
        await using var cluster = await Start();
        cluster.On(Take, Said.Snapshot("7", "qsplit", "7_qsplit", MusicId, Expires));
        (await TakeIt(cluster)).ShouldBe(new("7", "7_qsplit", new DateTimeOffset(2026, 11, 22, 17, 0, 38, TimeSpan.Zero).AddTicks(3571822), new DateTimeOffset(2026, 11, 23, 17, 30, 0, TimeSpan.Zero)));
        cluster.Heard.Last().Body.ShouldBe($$"""{"name":"qsplit","expiration":"{{Expires}}","source_file_id":"{{MusicId}}"}""");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_cluster_that_has_only_the_third_generation_is_asked_in_that(int status)
    {
        await using var cluster = await Start();
        cluster.On(Take, Answer.Error(status, "rest_error"));
        cluster.On(Take3, Said.Snapshot("7", "7_qsplit", null, MusicId, Expires));
        (await TakeIt(cluster)).Directory.ShouldBe("7_qsplit");
        cluster.Heard.Last().Body.ShouldBe($$"""{"name_suffix":"qsplit","expiration":"{{Expires}}","source_file_id":"{{MusicId}}"}""");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_snapshot_that_was_taken_though_the_answer_was_lost_is_found_and_not_taken_twice(int generation)
    {
        await using var cluster = await Start();
        var text = generation == 2 ? Said.SnapshotText("8", "qsplit", "8_qsplit", MusicId, Expires) : Said.SnapshotText("8", "8_qsplit", null, MusicId, Expires);
        var older = Said.SnapshotText("7", "qsplit", "7_qsplit", MusicId, "2026-11-22T17:30:00Z");
        var list = Answer.Json($$"""{"entries": [{{older}}, {{text}}]}""");
        cluster.On(Take, generation == 2 ? Answer.Cut : NoSuchCall).On(Take3, Answer.Cut).On(generation == 2 ? List : "GET /v3/snapshots/?filter=exclude_in_delete", list);
        (await TakeIt(cluster)).Directory.ShouldBe("8_qsplit");
        cluster.Calls.Count(call => call == (generation == 2 ? Take : Take3)).ShouldBe(1);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task A_snapshot_that_was_not_taken_is_tried_again(int status)
    {
        await using var cluster = await Start();
        cluster.On(Take, status == 0 ? Answer.Cut : Answer.Error(status, "x"), Said.Snapshot("7", "qsplit", "7_qsplit", MusicId, Expires)).On(List, Answer.Json("""{"entries": []}"""));
        (await TakeIt(cluster)).Id.ShouldBe("7");
        cluster.Calls[1..].ShouldBe([Take, List, Take]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_that_is_taken_while_I_interrupt_is_deleted(bool isAnswered)
    {
        await using var cluster = await Start();
        using var stop = new CancellationTokenSource();
        var text = Said.SnapshotText("7", "qsplit", "7_qsplit", MusicId, Expires);
        cluster.On(Take, _ =>
        {
            stop.Cancel();
            return isAnswered ? Answer.Json(text) : Answer.Cut;
        });
        cluster.On(List, Answer.Json($$"""{"entries": [{{text}}]}""")).On("DELETE /v2/snapshots/7", new Answer(200, []));
        await using var client = await cluster.ConnectAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => client.TakeSnapshotAsync("/music", "qsplit", TimeSpan.FromDays(1), stop.Token));

        cluster.Calls[1..].ShouldBe(isAnswered ? [Take, "DELETE /v2/snapshots/7"] : [Take, List, "DELETE /v2/snapshots/7"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_that_may_be_left_behind_is_named_with_the_commands()
    {
        await using var cluster = await Start();
        var warned = new List<string>();
        using var stop = new CancellationTokenSource();
        cluster.On(Take, _ =>
        {
            stop.Cancel();
            return Answer.Cut;
        });
        cluster.On(List, Answer.Error(403, "auth_denied_error"));
        await using var client = await cluster.ConnectAsync(warn: warned.Add);

        await Should.ThrowAsync<OperationCanceledException>(() => client.TakeSnapshotAsync("/music", "qsplit", TimeSpan.FromDays(1), stop.Token));

        var qq = $"qq --host 127.0.0.1 --port {cluster.Port}";
        warned.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldStartWith($"Snapshot qsplit of /music may be left on the cluster until {Expires}: "),
            line => line.ShouldEndWith($"To look for it: {qq} snapshot_list_snapshots. To delete it: {qq} snapshot_delete_snapshot --id ID"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cluster_that_is_busy_is_asked_again_without_a_look()
    {
        await using var cluster = await Start();
        cluster.On(Take, Answer.RetryAfter(429, "3"), Said.Snapshot("7", "qsplit", "7_qsplit", MusicId, Expires));
        (await TakeIt(cluster)).Id.ShouldBe("7");
        cluster.Calls[1..].ShouldBe([Take, Take]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Not_being_allowed_to_says_the_privilege()
    {
        await using var cluster = await Start();
        cluster.On(Take, Answer.Error(403, "auth_denied_error"));
        (await Should.ThrowAsync<StorageException>(() => TakeIt(cluster))).Message.ShouldContain("a snapshot of /music: POST /v2/snapshots/ at 127.0.0.1 was answered 403 Forbidden (auth_denied_error: as told). The account may not do that: give its role PRIVILEGE_SNAPSHOT_WRITE");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(2, "Test", "1_Test", "1_Test")]
    [InlineData(2, "1_Test", null, "1_Test")]
    [InlineData(3, "1_Test", null, "1_Test")]
    [InlineData(3, "Test", null, "1_Test")]
    public async Task I_can_find_a_snapshot_and_its_directory(int generation, string name, string? directory, string expected)
    {
        await using var cluster = await Start();
        cluster.On("GET /v2/snapshots/1", generation == 2 ? Said.Snapshot("1", name, directory, MusicId) : NoSuchCall);
        cluster.On("GET /v3/snapshots/1", Said.Snapshot("1", name, directory, MusicId));
        var snapshot = await FindIt(cluster, "/music");
        (snapshot.Id, snapshot.Directory, snapshot.Expires).ShouldBe(("1", expected, null));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_of_a_directory_above_holds_the_path_even_one_that_is_gone()
    {
        await using var cluster = await Start();
        cluster.On("GET /v2/snapshots/1", Said.Snapshot("1", "Test", "1_Test", MusicId));
        cluster.On("GET /v1/files/%2Fmusic%2Fa/info/attributes", Answer.Json("""{"id": "5"}"""));
        (await FindIt(cluster, "/music/a/b c/")).Id.ShouldBe("1");
        cluster.Calls.ShouldBe(["GET /v2/snapshots/1", "GET /v1/files/%2Fmusic%2Fa%2Fb%20c/info/attributes", "GET /v1/files/%2Fmusic%2Fa/info/attributes", "GET /v1/files/%2Fmusic/info/attributes", $"GET /v1/files/{MusicId}/info/attributes?snapshot=1"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(true, "it is a snapshot of /films, and /music is not in that")]
    [InlineData(false, "it is a snapshot of the directory with id 44, which is not there any more, and /music is not in that")]
    public async Task A_snapshot_of_another_directory_is_refused(bool known, string text)
    {
        await using var cluster = await Start();
        cluster.On("GET /v2/snapshots/1", Said.Snapshot("1", "Test", "1_Test", "44"));
        cluster.On("GET /v1/files/%2F/info/attributes", Answer.Json("""{"id": "2", "path": "/"}"""));
        if (known) cluster.On("GET /v1/files/44/info/attributes", Answer.Json("""{"id": "44", "path": "/films/"}"""));
        (await Should.ThrowAsync<StorageException>(() => FindIt(cluster, "/music"))).Message.ShouldContain(text);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("", true, "being deleted")]
    [InlineData("2026-11-22T17:29:59Z", false, "has expired on 2026-11-22 17:29 UTC")]
    public async Task A_snapshot_that_goes_away_is_refused(string expiration, bool inDelete, string text)
    {
        await using var cluster = await Start();
        cluster.On("GET /v2/snapshots/1", Said.Snapshot("1", "Test", "1_Test", MusicId, expiration, inDelete));
        (await Should.ThrowAsync<StorageException>(() => FindIt(cluster, "/music"))).Message.ShouldContain(text);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("../../etc")]
    [InlineData("1_a/../../b")]
    public async Task A_directory_name_that_leads_elsewhere_is_refused(string directory)
    {
        await using var cluster = await Start();
        cluster.On("GET /v2/snapshots/1", Said.Snapshot("1", "Test", directory, MusicId));
        (await Should.ThrowAsync<StorageException>(() => FindIt(cluster, "/music"))).Message.ShouldContain("the name of its directory");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_that_is_not_there_is_said()
    {
        await using var cluster = await Start();
        (await Should.ThrowAsync<StorageException>(() => FindIt(cluster, "/music"))).Message.ShouldContain("snapshot 1: GET /v2/snapshots/1: there is no such snapshot");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task I_see_those_that_hold_a_directory_the_newest_first(int generation)
    {
        await using var cluster = await Start();
        string[] entries =
        [
            At("2026-11-22T15", Said.SnapshotText("1", "1_a", null, "2")),
            At("2026-11-22T16", Said.SnapshotText("2", "2_b", null, MusicId)),
            At("2026-11-22T14", Said.SnapshotText("3", "3_c", null, MusicId, Expires)),
            Said.SnapshotText("4", "4_elsewhere", null, "44"),
            Said.SnapshotText("5", "5_going", null, MusicId, inDelete: true),
            Said.SnapshotText("6", "6_gone", null, MusicId, "2026-11-22T17:29:59Z"),
        ];
        cluster.On(generation == 2 ? List : "GET /v3/snapshots/?filter=exclude_in_delete", Answer.Json($$"""{"entries": [{{string.Join(",", entries)}}]}"""));
        cluster.On("GET /v1/files/%2F/info/attributes", Answer.Json("""{"id": "2", "path": "/"}"""));
        await using var client = await cluster.ConnectAsync();

        var held = await client.ListSnapshotsAsync("/music/", Cancelled);

        held.Select(one => $"{one.Snapshot.Directory} of {one.Of}").ShouldBe(["2_b of /music", "1_a of /", "3_c of /music"]);

        static string At(string hour, string snapshot) => snapshot.Replace("2026-11-22T17", hour, StringComparison.Ordinal);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("DELETE /v2/snapshots/1")]
    [InlineData("DELETE /v3/snapshots/1")]
    public async Task It_is_let_go_of_by_whichever_API_there_is_and_nothing_happens_when_it_is_gone(string call)
    {
        await using var cluster = await Start();
        cluster.On(call, Answer.Json(""));
        await using var client = await cluster.ConnectAsync();

        await client.DropSnapshotAsync(new("1", "1_x", DateTimeOffset.UnixEpoch, null), Cancelled);
        await client.DropSnapshotAsync(new("2", "2_x", DateTimeOffset.UnixEpoch, null), Cancelled);

        cluster.Calls.ShouldContain(one => one.StartsWith(call, StringComparison.Ordinal));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<ScriptedCluster> Start() => (await ScriptedCluster.StartAsync()).On("GET /v1/files/%2Fmusic/info/attributes", Answer.Json(Said.Attributes));

    private static async Task<ClusterSnapshot> TakeIt(ScriptedCluster cluster)
    {
        await using var client = await cluster.ConnectAsync();
        return await client.TakeSnapshotAsync("/music", "qsplit", TimeSpan.FromDays(1), Cancelled);
    }

    private static async Task<ClusterSnapshot> FindIt(ScriptedCluster cluster, string path)
    {
        await using var client = await cluster.ConnectAsync();
        return await client.FindSnapshotAsync("1", path, Cancelled);
    }
}
