using System.Text;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Qumulo.Tests.Client;

public sealed class TreeSpecs
{
    private const string Root = "GET /v1/files/%2Fmusic/aggregates/?max-entries=10000&order-by=total_blocks";

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_is_read_in_one_call()
    {
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(1_000_000, 900_000, 50,
            Said.Directory("sub", 600_000, 40), Said.File("a", 300_000), Said.File("link", 0, "SYMLINK"), Said.File("pipe", 0, "UNIX_PIPE"), Said.File("new", 4096, "OF_TOMORROW")));
        await using var client = await cluster.ConnectAsync();
        var tree = await client.OpenAsync("/music/", null, Cancelled);
        tree.Location.ShouldBe($"qumulo://127.0.0.1:{cluster.Port}/music");
        var root = await tree.ReadAsync(EntryPath.Root, Cancelled);
        root.Totals.ShouldBe(new(1_000_000, 900_000, 51));
        root.Children.Select(Words).ShouldBe(
        [
            "sub Directory 600000/300000/40 expandable", "a File 300000/299999/1", "link Symlink 0/0/1", "pipe Special 0/0/1", "new Special 4096/4095/1",
        ]);
        cluster.Calls.ShouldBe(["GET /v1/files/%2Fmusic/info/attributes", Root]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Every_name_that_can_be_is_asked_for_by_its_bytes()
    {
        const string name = "a b%2Fé?#&+'\"\\\n💿..~";
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(9, 9, 9, Said.Directory(name, 9, 9)));
        const string asked = "GET /v1/files/%2Fmusic%2Fa%20b%252F%C3%A9%3F%23%26%2B%27%22%5C%0A%F0%9F%92%BF..~/aggregates/?max-entries=10000&order-by=total_blocks";
        cluster.On(asked, Said.Aggregates(8, 8, 1, Said.File("x", 8)));
        await using var client = await cluster.ConnectAsync();
        var tree = await client.OpenAsync("/music", null, Cancelled);
        var child = (await tree.ReadAsync(EntryPath.Root, Cancelled)).Children.ShouldHaveSingleItem();
        child.Name.ToArray().ShouldBe(Encoding.UTF8.GetBytes(name));
        (await tree.ReadAsync(EntryPath.Root.Combine(child.Name.Span), Cancelled)).Totals.Bytes.ShouldBe(8);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_root_of_the_cluster_and_a_snapshot_are_in_every_call()
    {
        await using var cluster = await Start();
        cluster.On("GET /v1/files/%2F/info/attributes?snapshot=7", Answer.Json("""{"type": "FS_FILE_TYPE_DIRECTORY"}"""));
        cluster.On("GET /v1/files/%2F/aggregates/?max-entries=10000&order-by=total_blocks&snapshot=7", Said.Aggregates(9, 9, 9, Said.Directory("a", 9, 9)));
        cluster.On("GET /v1/files/%2Fa/aggregates/?max-entries=10000&order-by=total_blocks&snapshot=7", Said.Aggregates(9, 9, 9));
        await using var client = await cluster.ConnectAsync();
        var tree = await client.OpenAsync("/", new ClusterSnapshot("7", "7_x", default, null), Cancelled);
        await tree.ReadAsync(EntryPath.Root, Cancelled);
        await tree.ReadAsync(EntryPath.Parse("a"), Cancelled);
        tree.Location.ShouldBe($"qumulo://127.0.0.1:{cluster.Port}/?snapshot=7");
        cluster.Calls.Length.ShouldBe(3);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData(null)]
    public async Task Where_the_answer_is_cut_the_rest_is_paged_for_word_for_word(string? end)
    {
        await using var cluster = await Start();
        cluster.On(Small(2), Said.Aggregates(1_000_000, 500_000, 99, Said.Directory("big", 500_000, 50), Said.File("large", 100_000)));
        const string next = "/v1/files/%2fmusic%2F..%2f/./%61/entries/?after=9%2F1%41&&limit=3&x={y}|[z]";
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=3", Said.Page($"\"{next}\"", Said.Entry("small1", "DIRECTORY", 512, 1), Said.Entry("big", "DIRECTORY", 512, 1)));
        cluster.On($"GET {next}", Said.Page(end, Said.Entry("tiny", "FILE", 5000, 2), Said.Entry("small2", "DIRECTORY", 512, 1), Said.Entry("odd", "UNIX_SOCKET", 1, null), Said.Entry("tiny", "FILE", 5000, 2)));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 2, PageSize = 3 });
        var root = await (await client.OpenAsync("/music", null, Cancelled)).ReadAsync(EntryPath.Root, Cancelled);
        // Left for two: 1,000,000 - 500,000 - 100,000 - 8,192 - 4,096 bytes, and 99 - 50 - 1 - 1 - 1 entries.
        root.Children.Select(Words).ShouldBe(
        [
            "big Directory 500000/250000/50 expandable", "large File 100000/99999/1", "tiny File 8192/5000/1", "odd Special 4096/1/1",
            "small1 Directory 193856/72500/23 expandable", "small2 Directory 193856/72500/23 expandable",
        ]);
        cluster.Calls.Length.ShouldBe(4);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Totals_that_lag_leave_nothing_and_not_less()
    {
        await using var cluster = await Start();
        cluster.On(Small(1), Said.Aggregates(100, 100, 2, Said.Directory("big", 5_000, 50)));
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=1000", Said.Page(null, Said.Entry("late", "DIRECTORY", 512, 1)));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        var root = await (await client.OpenAsync("/music", null, Cancelled)).ReadAsync(EntryPath.Root, Cancelled);
        root.Children.Select(Words).ShouldBe(["big Directory 5000/2500/50 expandable", "late Directory 0/0/1 expandable"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(999, 5_000, false)]
    [InlineData(1_000, 1_000, true)]
    [InlineData(1_500, 1_500, false)]
    [InlineData(1_500, 1_501, true)]
    [InlineData(5_000, 4_000, true)]
    public async Task A_cluster_with_a_limit_of_its_own_is_noticed(int children, int entries, bool paged)
    {
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(1, 1, entries, [.. Enumerable.Range(0, children).Select(i => Said.File($"f{i}", 1))]));
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=1000", Said.Page(null, Said.Entry("one more", "FILE", 1, 1)));
        await using var client = await cluster.ConnectAsync();
        var root = await (await client.OpenAsync("/music", null, Cancelled)).ReadAsync(EntryPath.Root, Cancelled);
        root.Children.Length.ShouldBe(children + (paged ? 1 : 0));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cluster_that_turns_down_so_many_children_is_asked_for_fewer()
    {
        await using var cluster = await Start();
        cluster.On(Root, Answer.Error(400, "rest_invalid_request_error", "max-entries"));
        cluster.On(Small(1_000), Said.Aggregates(1, 1, 1, Said.File("x", 1)));
        await using var client = await cluster.ConnectAsync();
        var tree = await client.OpenAsync("/music", null, Cancelled);
        for (var i = 0; i < 2; i++) (await tree.ReadAsync(EntryPath.Root, Cancelled)).Children.Length.ShouldBe(1);
        cluster.Calls.Count(call => call == Root).ShouldBe(1);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("/v1/files/%2Fmusic/entries/?limit=1000", "goes in a circle")]
    [InlineData("https://evil.example.com/v1/files/?after=5", "is said to be at 'https://evil.example.com/v1/files/'")]
    [InlineData("//evil.example.com/v1", "nothing is sent there")]
    [InlineData("12345", "nothing is sent there")]
    [InlineData("/v1/x\\r\\nX-Evil: 1", "nothing is sent there")]
    public async Task A_next_page_that_leads_astray_is_not_followed(string next, string why)
    {
        await using var cluster = await Start();
        cluster.On(Small(1), Said.Aggregates(1, 1, 1, Said.File("x", 1)));
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=1000", Said.Page($"\"{next}\"", Said.Entry("y", "FILE", 1, 1)));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        var tree = await client.OpenAsync("/music", null, Cancelled);
        (await Should.ThrowAsync<StorageException>(() => tree.ReadAsync(EntryPath.Root, Cancelled))).Message.ShouldContain(why);
        cluster.Calls.Length.ShouldBe(3);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_next_page_in_full_is_followed_on_the_same_cluster()
    {
        await using var cluster = await Start();
        cluster.On(Small(1), Said.Aggregates(1, 1, 1, Said.File("x", 1)));
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=1000", Said.Page($"\"https://127.0.0.1:{cluster.Port}/v1/next%2F1\""));
        cluster.On("GET /v1/next%2F1", Said.Page("\"\"", Said.Entry("y", "FILE", 1, 1)));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        (await (await client.OpenAsync("/music", null, Cancelled)).ReadAsync(EntryPath.Root, Cancelled)).Children.Length.ShouldBe(2);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Numbers_without_quotes_and_fields_that_are_missing_do_no_harm()
    {
        await using var cluster = await Start();
        cluster.On(Root, Answer.Json("""
            {"total_capacity": 8192, "total_files": 2, "total_meta": {"new": 1}, "total_symlinks": null, "total_other_objects": "", "total_data": "-5",
             "files": [{"name": "a", "type": "FS_FILE_TYPE_FILE", "capacity_usage": 4096, "id": 94127437418840285971493158914}, {"name": "b"}]}
            """));
        await using var client = await cluster.ConnectAsync();
        var root = await (await client.OpenAsync("/music", null, Cancelled)).ReadAsync(EntryPath.Root, Cancelled);
        root.Totals.ShouldBe(new(8192, 0, 3));
        root.Children.Select(Words).ShouldBe(["a File 4096/0/1", "b Special 0/0/1"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("\"..\"", "it is a relative reference")]
    [InlineData("\"\"", "it is empty")]
    [InlineData("\"a/b\"", "it has a slash in it")]
    [InlineData("\"a\\u0000\"", "it has a NUL in it")]
    [InlineData("\"a\\ufffd\"", "it has a replacement character (U+FFFD) in it")]
    [InlineData("\"a\\ud800z\"", "it is not text")]
    [InlineData("null", "it is empty")]
    public async Task An_entry_with_a_name_that_cannot_be_is_in_no_bucket_and_said(string name, string why)
    {
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(1_000, 1_000, 30, Said.Directory("bad", 900, 20), Said.File("b", 100)));
        cluster.On(Below("bad"), Said.Aggregates(900, 900, 19, Said.File("x", 500), $$"""{"name": {{name}}, "type": "FS_FILE_TYPE_FILE", "capacity_usage": "400"}"""));
        var plan = await Plan(cluster, 2);
        plan.Levels.ShouldBe([EntryPath.Root, EntryPath.Parse("bad")]);
        plan.Buckets.Select(bucket => bucket.Items.ShouldHaveSingleItem().ToString()).ShouldBe(["./bad/x", "./b"]);
        plan.Notes.ShouldHaveSingleItem().Text.ShouldContain(why);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_byte_that_is_no_text_in_an_answer_does_not_end_the_survey()
    {
        await using var cluster = await Start();
        var answer = Said.Aggregates(1_000, 1_000, 30, Said.File("a?c", 900));
        answer.Body[answer.Body.AsSpan().IndexOf("?"u8)] = 0xFF;
        cluster.On(Root, answer);
        var plan = await Plan(cluster, 2);
        plan.Buckets.ShouldHaveSingleItem().Items.ShouldBe([EntryPath.Root]);
        plan.Notes.ShouldHaveSingleItem().Text.ShouldContain("it is not text");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(400, "fs_encountered_portal_error", "It is a portal: what is in it lies on another cluster.")]
    [InlineData(503, "fs_portal_disconnected_error", null)]
    [InlineData(404, "fs_portal_disconnected_error", "It is a portal")]
    [InlineData(400, "fs_path_size_error", "Its path is too long for the cluster")]
    [InlineData(409, "fs_of_tomorrow_error", "was answered 409 Conflict (fs_of_tomorrow_error")]
    public async Task A_directory_that_the_cluster_does_not_show_is_kept_whole_and_said(int status, string name, string? text)
    {
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(1_000, 1_000, 30, Said.Directory("shut", 900, 20), Said.File("b", 100)));
        cluster.On(Below("shut"), Answer.Error(status, name));
        if (text is null)
        {
            await Should.ThrowAsync<StorageException>(() => Plan(cluster, 2));
            return;
        }
        var plan = await Plan(cluster, 2);
        plan.Buckets.Select(bucket => bucket.Items.ShouldHaveSingleItem().ToString()).ShouldBe(["./shut", "./b"]);
        plan.Notes.ShouldHaveSingleItem().Text.ShouldContain(text);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_the_cluster_makes_smaller_is_planned_as_it_is_on_the_target()
    {
        await using var cluster = await Start();
        cluster.On(Small(1), Said.Aggregates(1_000_000, 500_000, 99, Said.File("large", 100_000)));
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=1000", Said.Page(null,
            """{"name": "small", "type": "FS_FILE_TYPE_FILE", "size": "40960", "blocks": "3", "datablocks": "2", "metablocks": "1", "logical_datablocks": "10"}"""));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        var root = await (await client.OpenAsync("/music", null, Cancelled)).ReadAsync(EntryPath.Root, Cancelled);
        root.Children.Select(Words).ShouldBe(["large File 100000/99999/1", "small File 45056/40960/1"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("Qumulo Core 7.9.0.3", "&skip-atime-update=true")]
    [InlineData("Qumulo Core 7.10.0", "&skip-atime-update=true")]
    [InlineData("Qumulo Core 7.8.9", "")]
    [InlineData("unknown", "")]
    public async Task Access_times_are_left_alone_by_versions_that_can(string revision, string parameter)
    {
        await using var cluster = await Start();
        cluster.On("GET /v1/version", Answer.Json($$"""{"revision_id": "{{revision}}"}"""));
        cluster.On(Small(1), Said.Aggregates(1, 1, 1, Said.File("x", 1)));
        var listing = $"GET /v1/files/%2Fmusic/entries/?limit=1000{parameter}";
        cluster.On(listing, Said.Page(null));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        var tree = await client.OpenAsync("/music", null, Cancelled);
        for (var i = 0; i < 2; i++) await tree.ReadAsync(EntryPath.Root, Cancelled);
        cluster.Heard.Count(asked => asked.Line == listing).ShouldBe(2);
        cluster.Heard.Count(asked => asked.Line == "GET /v1/version").ShouldBe(1);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(404, "fs_file_dirent_id_stale_error", "gone when it was read itself")]
    [InlineData(409, "fs_opened_file_stale_error", "gone when it was read itself")]
    [InlineData(400, "fs_directory_is_symlink_error", "something else when it was read itself")]
    [InlineData(404, "fs_no_such_entry_error", "gone when it was read itself")]
    [InlineData(400, "fs_not_a_directory_error", "something else when it was read itself")]
    public async Task A_directory_that_vanishes_is_noted_and_stays_in_the_plan(int status, string name, string text)
    {
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(1_000, 1_000, 30, Said.Directory("gone", 900, 20), Said.File("b", 100)));
        cluster.On(Below("gone"), Answer.Error(status, name));
        var plan = await Plan(cluster, 2);
        plan.Buckets.SelectMany(bucket => bucket.Items).Order().Select(item => item.ToString()).ShouldBe(["./b", "./gone"]);
        var note = plan.Notes.ShouldHaveSingleItem();
        (note.Kind, note.Path.ToString()).ShouldBe((TreeNoteKind.Vanished, "./gone"));
        note.Text.ShouldContain(text);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_page_that_cannot_be_had_is_said_by_its_own_call()
    {
        await using var cluster = await Start();
        cluster.On(Small(1), Said.Aggregates(1_000, 1_000, 30, Said.Directory("a", 900, 20)));
        cluster.On("GET /v1/files/%2Fmusic/entries/?limit=1000", Answer.Error(403, "fs_access_denied_error"));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        var tree = await client.OpenAsync("/music", null, Cancelled);
        (await Should.ThrowAsync<StorageException>(() => tree.ReadAsync(EntryPath.Root, Cancelled))).Message.ShouldContain("/music: GET /v1/files/%2Fmusic/entries/ at 127.0.0.1 was answered 403");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_vanishes_between_its_pages_is_noted()
    {
        await using var cluster = await Start();
        cluster.On(Small(1), Said.Aggregates(1_000, 1_000, 30, Said.Directory("gone", 900, 20)));
        cluster.On(Small(1, "%2Fgone"), Said.Aggregates(1_000, 1_000, 30, Said.File("x", 900)));
        cluster.On("GET /v1/files/%2Fmusic%2Fgone/entries/?limit=1000", Answer.Error(404, "fs_no_such_entry_error"));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { ChildrenPerCall = 1 });
        var tree = await client.OpenAsync("/music", null, Cancelled);
        (await tree.ReadAsync(EntryPath.Parse("gone"), Cancelled)).Children.ShouldBeEmpty();
        tree.Notes.ShouldHaveSingleItem().Kind.ShouldBe(TreeNoteKind.Vanished);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_I_may_not_read_stays_whole_with_what_its_parent_says_of_it()
    {
        await using var cluster = await Start();
        cluster.On(Root, Said.Aggregates(1_000, 1_000, 30, Said.Directory("shut", 900, 20), Said.File("b", 100)));
        cluster.On(Below("shut"), Answer.Error(403, "fs_access_denied_error"));
        var plan = await Plan(cluster, 2);
        plan.Buckets[0].Items.ShouldHaveSingleItem().ToString().ShouldBe("./shut");
        plan.Buckets[0].Totals.ShouldBe(new(900, 450, 20));
        var note = plan.Notes.ShouldHaveSingleItem();
        note.Kind.ShouldBe(TreeNoteKind.Unreadable);
        note.Text.ShouldContain("403 Forbidden (fs_access_denied_error: as told). The account may not do that: give its role PRIVILEGE_FS_ATTRIBUTES_READ");
        cluster.Calls.Length.ShouldBe(3);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(404, "fs_no_such_entry_error", "/music: GET /v1/files/%2Fmusic/aggregates/ at 127.0.0.1 was answered 404 NotFound (fs_no_such_entry_error: as told). It is not on the cluster")]
    [InlineData(403, "fs_access_denied_error", "The account may not do that")]
    [InlineData(400, "fs_not_a_directory_error", "It is no directory: give the one that holds it")]
    public async Task A_root_that_cannot_be_read_is_an_error(int status, string name, string text)
    {
        await using var cluster = await Start();
        cluster.On(Root, Answer.Error(status, name));
        (await Should.ThrowAsync<StorageException>(() => Plan(cluster, 2))).Message.ShouldContain(text);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_file_is_no_place_to_start_from()
    {
        await using var cluster = await Start();
        cluster.On("GET /v1/files/%2Fsong/info/attributes", Answer.Json("""{"type": "FS_FILE_TYPE_FILE", "id": "5"}"""));
        await using var client = await cluster.ConnectAsync();
        (await Should.ThrowAsync<StorageException>(() => client.OpenAsync("/song", null, Cancelled))).Message.ShouldContain("it is no directory (FS_FILE_TYPE_FILE)");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<ScriptedCluster> Start() => (await ScriptedCluster.StartAsync()).On("GET /v1/files/%2Fmusic/info/attributes", Answer.Json(Said.Attributes));

    private static async Task<Plan> Plan(ScriptedCluster cluster, int buckets)
    {
        await using var client = await cluster.ConnectAsync();
        var tree = await client.OpenAsync("/music", null, Cancelled);
        return await Planner.PlanAsync(tree, new("music", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Capacity), buckets, 1), Cancelled);
    }

    private static string Small(int children, string below = "") => $"GET /v1/files/%2Fmusic{below}/aggregates/?max-entries={children}&order-by=total_blocks";

    private static string Below(string name) => Small(10_000, $"%2F{name}");

    private static string Words(ChildTotals child) =>
        $"{Encoding.UTF8.GetString(child.Name.Span)} {child.Kind} {child.Totals.Bytes}/{child.Totals.LogicalBytes}/{child.Totals.Entries}{(child.Expandable ? " expandable" : "")}";
}
