using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>Snapshots of a real directory: by the calls, and on disk, where hosts copy from.</summary>
public sealed class SnapshotSpecs
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = HangLimit)]
    public async Task Hosts_find_everything_as_it_was_in_the_frozen_copy()
    {
        await using var emulator = await RunningEmulator.StartAsync(OddTree.Make);
        Tool.Read("cp", "-a", emulator.Root, emulator.Folder["before"]);

        (await emulator.FreezeAsync(name: "my snap")).ShouldBe(1);
        Tool.Read("find", emulator.Root, "-mindepth", "1", "-maxdepth", "1", "!", "-name", ".snapshot", "-exec", "rm", "-rf", "--", "{}", "+");

        TreeComparison.Differences(emulator.Folder["before"], Path.Combine(emulator.Root, ".snapshot", "1_my snap"), new(HardLinks: true)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_stays_as_it_was_while_the_source_changes_within_the_same_second_and_size()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "a", "b"));
            File.WriteAllText(Path.Combine(root, "a", "same"), "one");
            File.WriteAllText(Path.Combine(root, "a", "gone"), "here");
        });
        var file = Path.Combine(emulator.Root, "a", "same");
        var before = await PictureAsync(emulator, "");
        var number = await emulator.FreezeAsync();
        var time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "two");
        File.SetLastWriteTimeUtc(file, time);
        File.Delete(Path.Combine(emulator.Root, "a", "gone"));
        Directory.Move(Path.Combine(emulator.Root, "a", "b"), Path.Combine(emulator.Root, "a", "c"));

        (await PictureAsync(emulator, $"?snapshot={number}")).ShouldBe(before);
        (await PictureAsync(emulator, "")).ShouldNotBe(before);
        File.ReadAllText(Path.Combine(emulator.Root, ".snapshot", "1_s", "a", "same")).ShouldBe("one");
        // What was taken away since is found by its path and by its id.
        var gone = await emulator.GetAsync($"/v1/files/%2Fa%2Fgone/info/attributes?snapshot={number}");
        (await emulator.GetAsync($"/v1/files/{gone.GetProperty("id")}/info/attributes?snapshot={number}")).GetProperty("path").GetString().ShouldBe("/a/gone");
        await emulator.GetAsync("/v1/files/%2Fa%2Fgone/info/attributes", 404);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Totals_and_pages_of_a_snapshot_are_those_of_that_time()
    {
        await using var emulator = await RunningEmulator.StartAsync(root => TreeMaker.Make(root, new TreeShape(1, 300, 1 << 20)));
        var before = await emulator.GetAsync("/v1/files/%2F/aggregates/?max-entries=1000");
        var number = await emulator.FreezeAsync();
        Directory.Delete(Directory.GetDirectories(emulator.Root, "dir*")[0], recursive: true);

        (await emulator.GetAsync($"/v1/files/%2F/aggregates/?max-entries=1000&snapshot={number}")).ToString().ShouldBe(before.ToString());
        var seen = 0;
        for (var next = $"/v1/files/%2F/entries/?limit=3&snapshot={number}"; next != "";)
        {
            var page = await emulator.GetAsync(next);
            seen += page.GetProperty("files").GetArrayLength();
            next = page.GetProperty("paging").GetProperty("next").GetString()!;
            if (next != "") next.ShouldEndWith($"&limit=3&snapshot={number}");
        }
        seen.ShouldBe(before.GetProperty("files").GetArrayLength());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_path_outside_of_the_snapshot_shows_what_is_there_now_without_a_word()
    {
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories);
        var number = await emulator.FreezeAsync("/a");
        foreach (var path in (string[])["a", "ab"]) File.WriteAllText(Path.Combine(emulator.Root, path, "file"), "longer");

        (await SizeAsync("/a/file")).ShouldBe("1");
        (await SizeAsync("/ab/file")).ShouldBe("6");
        (await emulator.GetAsync($"/v1/files/%2F/entries/?snapshot={number}")).GetProperty("files").GetArrayLength().ShouldBe(2);

        async Task<string?> SizeAsync(string path) => (await emulator.GetAsync($"/v1/files/{Uri.EscapeDataString(path)}/info/attributes?snapshot={number}")).GetProperty("size").GetString();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Taking_one_leaves_the_directory_as_it_was()
    {
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories);
        new ByteFiles(emulator.Root).Time("a"u8, 1_500_000_000, 123_456_789);
        var before = await PictureAsync(emulator, "");
        var number = await emulator.FreezeAsync("/a");

        (await PictureAsync(emulator, "")).ShouldBe(before);
        foreach (var shelf in (string[])[".snapshot", "a/.snapshot"]) Tool.Read("stat", "-c", "%a", Path.Combine(emulator.Root, shelf)).Trim().ShouldBe("755");
        Tool.Read("stat", "-c", "%.9Y", Path.Combine(emulator.Root, "a", ".snapshot", "1_s")).Trim().ShouldBe("1500000000.123456789");

        await emulator.SendAsync(HttpMethod.Delete, $"/v2/snapshots/{number}", null);
        Directory.Exists(Path.Combine(emulator.Root, "a", ".snapshot")).ShouldBeFalse();
        (await PictureAsync(emulator, "")).ShouldBe(before);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_of_the_directory_above_does_not_hold_those_below()
    {
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories);
        await emulator.FreezeAsync("/a");
        new ByteFiles(emulator.Root).Time("a"u8, 1_500_000_000, 123_456_789);
        await emulator.FreezeAsync();

        var copy = Path.Combine(emulator.Root, ".snapshot", "2_s");
        Tool.Read("find", copy, "-name", ".snapshot").ShouldBeEmpty();
        Tool.Read("stat", "-c", "%.9Y", Path.Combine(copy, "a")).Trim().ShouldBe("1500000000.123456789");
        (await emulator.GetAsync("/v1/files/%2F/aggregates/?snapshot=2&max-entries=0")).GetProperty("total_files").GetString().ShouldBe("2");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Two_generations_tell_of_the_same_snapshot_in_their_own_words()
    {
        var clock = new SetClock(NewYear);
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories, time: clock);
        var id = (await emulator.GetAsync("/v1/files/%2Fa/info/attributes")).GetProperty("id").GetString();
        var second = await emulator.SendAsync(HttpMethod.Post, "/v2/snapshots/?expiration-time-to-live=2weeks", $$"""{"name": "week", "source_file_id": "{{id}}"}""");
        var third = await emulator.SendAsync(HttpMethod.Post, "/v3/snapshots/", """{"name_suffix": "day", "expiration": "2026-01-02T00:00:00Z"}""");

        second.ToString().ShouldBe($$"""{"id":1,"name":"week","timestamp":"2026-01-01T00:00:00Z","source_file_id":"{{id}}","directory_name":"1_week","created_by_policy":false,"expiration":"2026-01-15T00:00:00Z","in_delete":false}""");
        third.ToString().ShouldBe("""{"id":2,"name":"2_day","timestamp":"2026-01-01T00:00:00Z","source_file_id":"2","policy_id":null,"expiration":"2026-01-02T00:00:00Z","in_delete":false}""");
        (await emulator.GetAsync("/v2/snapshots/1")).ToString().ShouldBe(second.ToString());
        (await emulator.GetAsync("/v3/snapshots/2")).ToString().ShouldBe(third.ToString());
        (await emulator.GetAsync("/v3/snapshots/1")).GetProperty("name").GetString().ShouldBe("1_week");
        foreach (var list in (string[])["/v2/snapshots/", "/v2/snapshots/?include-in-delete=true", "/v3/snapshots/?filter=all", "/v3/snapshots/?filter=exclude_in_delete", "/v2/snapshots/status/", "/v3/snapshots/status/?filter=all", "/v4/snapshots/status/?filter=api_snapshots_exclude_in_delete"])
            (await emulator.GetAsync(list)).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("id").GetInt32()).ShouldBe([1, 2], list);
        (await emulator.GetAsync("/v3/snapshots/?filter=only_in_delete")).GetProperty("entries").GetArrayLength().ShouldBe(0);
        foreach (var generation in (int[])[2, 3, 4]) (await emulator.GetAsync($"/v{generation}/snapshots/status/1")).GetProperty("source_file_path").GetString().ShouldBe("/a/");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("POST", "/v2/snapshots/?expiration-time-to-live=5fortnights", "{}", 400)]
    [InlineData("POST", "/v2/snapshots/?expiration-time-to-live=0days", "{}", 400)]
    [InlineData("POST", "/v2/snapshots/?expiration-time-to-live=1000days", "{}", 400)]
    [InlineData("POST", "/v2/snapshots/?expiration-time-to-live=5days", """{"expiration": "2100-01-01T00:00:00Z"}""", 400)]
    [InlineData("POST", "/v3/snapshots/", """{"expiration": "soon"}""", 400)]
    [InlineData("POST", "/v3/snapshots/", """{"expiration": "2001-01-01T00:00:00Z"}""", 400)]
    [InlineData("POST", "/v2/snapshots/", """{"name": "a/b"}""", 400)]
    [InlineData("POST", "/v2/snapshots/", """{"name": ["a"]}""", 400)]
    [InlineData("POST", "/v2/snapshots/", """{"source_file_id": "987654"}""", 404)]
    [InlineData("POST", "/v2/snapshots/", "[1]", 400)]
    [InlineData("POST", "/v2/snapshots/", "{", 400)]
    [InlineData("GET", "/v3/snapshots/?filter=some", null, 400)]
    [InlineData("GET", "/v4/snapshots/status/?filter=only_in_delete", null, 400)]
    [InlineData("GET", "/v2/snapshots/?include-in-delete=1", null, 400)]
    [InlineData("GET", "/v2/snapshots/9", null, 404)]
    [InlineData("GET", "/v2/snapshots/x", null, 400)]
    [InlineData("DELETE", "/v3/snapshots/9", null, 404)]
    [InlineData("PATCH", "/v2/snapshots/9", "{}", 404)]
    public async Task What_cannot_be_taken_is_refused_and_leaves_nothing(string method, string target, string? body, int status)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        (await emulator.SendAsync(new HttpMethod(method), target, body, status)).GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
        Directory.Exists(Path.Combine(emulator.Root, ".snapshot")).ShouldBeFalse();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("3months", "2026-04-01T00:00:00Z")]
    [InlineData("999weeks", "2045-02-23T00:00:00Z")]
    [InlineData("1days", "2026-01-02T00:00:00Z")]
    [InlineData("36hours", "2026-01-02T12:00:00Z")]
    [InlineData("90minutes", "2026-01-01T01:30:00Z")]
    [InlineData("never", "")]
    [InlineData("", "")]
    public async Task A_time_to_live_is_counted_from_now(string life, string expires)
    {
        await using var emulator = await RunningEmulator.StartAsync(time: new SetClock(NewYear));
        (await emulator.SendAsync(HttpMethod.Post, $"/v2/snapshots/?expiration-time-to-live={life}", "{}")).GetProperty("expiration").GetString().ShouldBe(expires);
    }

    [Fact(Timeout = HangLimit)]
    public async Task It_goes_when_its_time_has_come_unless_that_was_put_off()
    {
        var clock = new SetClock(NewYear);
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories, time: clock);
        for (var i = 0; i < 2; i++) await emulator.SendAsync(HttpMethod.Post, "/v2/snapshots/?expiration-time-to-live=1hours", """{"name": "short"}""");
        (await emulator.SendAsync(HttpMethod.Patch, "/v2/snapshots/2?expiration-time-to-live=3hours", "{}")).GetProperty("expiration").GetString().ShouldBe("2026-01-01T03:00:00Z");

        clock.Now += TimeSpan.FromHours(2);

        await emulator.GetAsync("/v1/files/%2F/entries/?snapshot=1", 404);
        await emulator.GetAsync("/v2/snapshots/1", 404);
        await emulator.GetAsync("/v1/files/%2F/entries/?snapshot=2");
        Copies(emulator).ShouldBe(["2_short"]);
        await emulator.RestartAsync(clock);
        clock.Now += TimeSpan.FromHours(2);
        (await emulator.GetAsync("/v2/snapshots/")).GetProperty("entries").GetArrayLength().ShouldBe(0);
        Copies(emulator).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Snapshots_outlive_the_emulator_and_their_numbers_are_never_used_again()
    {
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories);
        var first = await emulator.FreezeAsync("/a", "kept");
        var second = await emulator.FreezeAsync("/", "gone");
        var before = (await emulator.GetAsync("/v2/snapshots/1")).ToString();
        await emulator.SendAsync(HttpMethod.Delete, $"/v3/snapshots/{second}", null, 202);
        File.WriteAllText(Path.Combine(emulator.Root, "a", "file"), "2");

        await emulator.RestartAsync();

        (await emulator.GetAsync("/v2/snapshots/1")).ToString().ShouldBe(before);
        (await emulator.FreezeAsync("/a")).ShouldBe(3);
        (await emulator.ChangesAsync(first, 3)).ShouldBe(["MODIFY /a/file"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Only_what_the_emulator_made_is_ever_removed()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            TwoDirectories(root);
            Directory.CreateDirectory(Path.Combine(root, ".snapshot", "1_mine"));
            Directory.CreateDirectory(Path.Combine(root, "a", ".snapshot", "9_mine"));
        });
        var number = await emulator.FreezeAsync("/a");
        await emulator.SendAsync(HttpMethod.Delete, $"/v2/snapshots/{number}", null);
        Directory.Exists(Path.Combine(emulator.Root, ".snapshot", "1_mine")).ShouldBeTrue();
        Directory.Exists(Path.Combine(emulator.Root, "a", ".snapshot", "9_mine")).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_cannot_be_frozen_is_said_and_nothing_is_left_of_the_attempt()
    {
        await using var emulator = await RunningEmulator.StartAsync(TwoDirectories);
        await emulator.FreezeAsync();
        File.WriteAllText(Path.Combine(emulator.Root, "a", ".snapshot"), "in the way");
        var id = (await emulator.GetAsync("/v1/files/%2Fa/info/attributes")).GetProperty("id").GetString();

        var error = await emulator.SendAsync(HttpMethod.Post, "/v2/snapshots/", $$"""{"source_file_id": "{{id}}"}""", 500);

        error.GetProperty("description").GetString()!.ShouldContain($"{emulator.Root}/a cannot be frozen");
        (await emulator.GetAsync("/v2/snapshots/")).GetProperty("entries").GetArrayLength().ShouldBe(1);
        File.Delete(Path.Combine(emulator.Root, "a", ".snapshot"));
        (await emulator.FreezeAsync("/a")).ShouldBe(3);
    }

    private static void TwoDirectories(string root)
    {
        foreach (var name in (string[])["a", "ab"])
        {
            Directory.CreateDirectory(Path.Combine(root, name));
            File.WriteAllText(Path.Combine(root, name, "file"), "1");
        }
    }

    private static IEnumerable<string> Copies(RunningEmulator emulator) =>
        Directory.GetDirectories(Path.Combine(emulator.Root, ".snapshot")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    // All that a client can see below the root, but for the time of access and, of directories, that of the last change of their attributes.
    private static async Task<string> PictureAsync(RunningEmulator emulator, string query)
    {
        var lines = new List<string>();
        var left = new Queue<string>(["/"]);
        while (left.TryDequeue(out var path))
        {
            var page = await emulator.GetAsync($"/v1/files/{Uri.EscapeDataString(path)}/entries/{query}");
            foreach (var file in page.GetProperty("files").EnumerateArray())
            {
                var isDirectory = file.GetProperty("type").GetString() == "FS_FILE_TYPE_DIRECTORY";
                lines.Add(string.Join(' ', file.EnumerateObject().Where(one => one.Name != "access_time" && !(isDirectory && one.Name == "change_time")).Select(one => one.Value.ToString())));
                if (isDirectory) left.Enqueue(file.GetProperty("path").GetString()!);
            }
        }
        return string.Join('\n', lines);
    }
}
