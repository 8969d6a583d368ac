using System.Globalization;
using System.Text;
using System.Text.Json;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>Totals, listings and attributes of a real directory.</summary>
public sealed class ListingSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Totals_are_those_of_the_disk_at_each_call()
    {
        await using var emulator = await RunningEmulator.StartAsync(OddTree.Make);

        for (var round = 0; round < 2; round++)
        {
            var totals = await emulator.GetAsync("/v1/files/%2F/aggregates/?max-entries=100000");

            totals.GetProperty("path").GetString().ShouldBe("/");
            totals.GetProperty("id").GetString().ShouldBe("2");
            Number(totals, "total_files").ShouldBe(Found(emulator.Root, "-type", "f"));
            Number(totals, "total_directories").ShouldBe(Found(emulator.Root, "-type", "d") - 1);
            Number(totals, "total_symlinks").ShouldBe(Found(emulator.Root, "-type", "l"));
            Number(totals, "total_other_objects").ShouldBe(Found(emulator.Root, "!", "-type", "f", "!", "-type", "d", "!", "-type", "l"));
            Number(totals, "total_data").ShouldBe(DataBytes(emulator.Root));
            Number(totals, "total_meta").ShouldBe(4096 * Found(emulator.Root));
            Number(totals, "total_capacity").ShouldBe(Number(totals, "total_data") + Number(totals, "total_meta"));
            var files = totals.GetProperty("files").EnumerateArray().ToArray();
            files.Sum(file => Number(file, "capacity_usage")).ShouldBe(Number(totals, "total_capacity") - 4096);
            files.Select(file => Number(file, "capacity_usage")).ShouldBeInOrder(SortDirection.Descending);
            Number(await emulator.GetAsync("/v1/files/%2F/aggregates/?max-entries=0"), "total_capacity").ShouldBe(Number(totals, "total_capacity"));

            Directory.CreateDirectory(Path.Combine(emulator.Root, "late", "below"));
            File.WriteAllBytes(Path.Combine(emulator.Root, "late", "below", "file"), new byte[123_456]);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_entry_counts_itself_where_the_totals_of_the_directory_do_not()
    {
        await using var emulator = await RunningEmulator.StartAsync(Small);
        var root = await emulator.GetAsync("/v1/files/%2F/aggregates/");
        var entry = root.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("name").GetString() == "d");
        var own = await emulator.GetAsync("/v1/files/%2Fd%2F/aggregates/");

        Number(entry, "num_directories").ShouldBe(3);
        Number(own, "total_directories").ShouldBe(2);
        Number(entry, "capacity_usage").ShouldBe(Number(own, "total_capacity"));
        Number(entry, "num_files").ShouldBe(Number(own, "total_files"));
        entry.GetProperty("id").GetString().ShouldBe(own.GetProperty("id").GetString());
        own.GetProperty("path").GetString().ShouldBe("/d/");
        var file = own.GetProperty("files").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "big");
        (Number(file, "num_files"), Number(file, "num_directories"), Number(file, "meta_usage"), Number(file, "data_usage")).ShouldBe((1, 0, 4096, 40960));
        foreach (var property in root.EnumerateObject().Concat(entry.EnumerateObject()).Where(property => property.Name != "files")) property.Value.ValueKind.ShouldBe(JsonValueKind.String, property.Name);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("total_blocks", "d,e,f")]
    [InlineData("total_datablocks", "d,e,f")]
    [InlineData("total_metablocks", "e,d,f")]
    [InlineData("total_files", "e,d,f")]
    [InlineData("total_directories", "d,e,f")]
    [InlineData("total_symlinks", "f,d,e")]
    [InlineData("total_other", "d,e,f")]
    [InlineData("total_named_streams", "d,e,f")]
    [InlineData("total_named_stream_datablocks", "d,e,f")]
    public async Task The_largest_come_first_by_what_is_asked_for(string order, string expected)
    {
        await using var emulator = await RunningEmulator.StartAsync(Small);
        foreach (var most in (int[])[1, 2, 3, 1000])
        {
            var totals = await emulator.GetAsync($"/v1/files/%2F/aggregates/?max-entries={most}&order-by={order}");
            string.Join(',', totals.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString())).ShouldBe(expected[..Math.Min(2 * most - 1, 5)]);
            Number(totals, "total_files").ShouldBe(8);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_thousand_entries_are_shown_unless_more_are_asked_for()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            for (var i = 0; i < 1203; i++) File.WriteAllText(Path.Combine(root, $"{i}"), "");
        });
        (await emulator.GetAsync("/v1/files/%2F/aggregates/")).GetProperty("files").GetArrayLength().ShouldBe(1000);
        (await emulator.GetAsync("/v1/files/2/aggregates/?max-entries=5000")).GetProperty("files").GetArrayLength().ShouldBe(1203);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Recursive_totals_go_down_into_what_makes_up_nine_tenths()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            foreach (var (name, size) in ((string, int)[])[("a", 900), ("b", 60), ("c", 30), ("d", 10)])
            {
                Directory.CreateDirectory(Path.Combine(root, name, "below", "deeper"));
                File.WriteAllBytes(Path.Combine(root, name, "below", "deeper", "file"), new byte[size * 4096]);
            }
        });

        var all = await emulator.GetAsync("/v1/files/%2F/recursive-aggregates/?max-depth=2");

        all.EnumerateArray().Select(one => one.GetProperty("path").GetString()).ShouldBe(["/", "/a/", "/b/", "/a/below/", "/b/below/"], ignoreOrder: false);
        all[0].GetProperty("files").GetArrayLength().ShouldBe(2);
        (await emulator.GetAsync("/v1/files/%2F/recursive-aggregates/?max-depth=0")).GetArrayLength().ShouldBe(1);
        (await emulator.GetAsync("/v1/files/%2F/recursive-aggregates/?max-entries=1")).GetArrayLength().ShouldBe(1);
        (await emulator.GetAsync("/v1/files/%2F/recursive-aggregates/")).GetArrayLength().ShouldBe(7);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Pages_make_up_the_directory_whatever_their_size(int limit)
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            var files = new ByteFiles(root);
            foreach (var name in OddTree.Names) files.File(name, name);
        });
        var (names, pages) = (new List<string>(), 0);
        for (var next = $"/v1/files/%2F/entries/?limit={limit}"; next != ""; pages++)
        {
            var page = await emulator.GetAsync(next);
            page.GetProperty("child_count").GetInt32().ShouldBe(OddTree.Names.Count);
            page.GetProperty("files").GetArrayLength().ShouldBeLessThanOrEqualTo(limit);
            names.AddRange(page.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
            next = page.GetProperty("paging").GetProperty("next").GetString()!;
            if (next != "") next.ShouldMatch($"^/v1/files/%2F/entries/\\?after=[1-9][0-9]*&limit={limit}$");
        }
        names.Order(StringComparer.Ordinal).ShouldBe(OddTree.Names.Select(name => Encoding.UTF8.GetString(name)).Order(StringComparer.Ordinal));
        pages.ShouldBe((OddTree.Names.Count + limit - 1) / limit);
        names.ShouldNotBe(names.Order(StringComparer.Ordinal).ToList());
    }

    [Fact(Timeout = HangLimit)]
    public async Task Each_name_that_is_text_leads_to_its_entry_and_no_other()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            var files = new ByteFiles(root);
            for (var i = 0; i < OddTree.Names.Count; i++) files.File(OddTree.Names[i], new byte[i]);
        });
        for (var i = 0; i < OddTree.Names.Count; i++)
        {
            var name = Encoding.UTF8.GetString(OddTree.Names[i]);
            var isText = Encoding.UTF8.GetBytes(name).SequenceEqual(OddTree.Names[i]);
            var entry = await emulator.GetAsync($"/v1/files/{Uri.EscapeDataString("/" + name)}/info/attributes", isText ? 200 : 404);
            if (isText) (entry.GetProperty("name").GetString(), entry.GetProperty("size").GetString()).ShouldBe((name, $"{i}"));
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_whose_name_is_not_text_counts_and_is_reached_by_its_id()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            var files = new ByteFiles(root);
            files.Directory([(byte)'x', 0xff]);
            files.File([(byte)'x', 0xff, .. "/inside"u8], "12345"u8);
        });
        var totals = await emulator.GetAsync("/v1/files/%2F/aggregates/");
        Number(totals, "total_files").ShouldBe(1);
        var entry = totals.GetProperty("files")[0];
        entry.GetProperty("name").GetString().ShouldBe("x\uFFFD");

        var page = await emulator.GetAsync($"/v1/files/{entry.GetProperty("id")}/entries/");
        page.GetProperty("files")[0].GetProperty("size").GetString().ShouldBe("5");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Attributes_say_what_stat_says()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            OddTree.Make(root);
            new ByteFiles(root).Time("sizes/some"u8, 1_700_000_000, 123_456_780);
            new ByteFiles(root).Time("sizes/nothing"u8, -1, 0);
        });
        foreach (var path in (string[])["/", "/sizes", "/sizes/some", "/sizes/sparse", "/sizes/nothing", "/links/live", "/links/hard/first", "/specials/fifo", "/specials/socket", "/times/2200"])
        {
            if (!Path.Exists(emulator.Root + path) && !path.StartsWith("/links", StringComparison.Ordinal)) continue;
            var entry = await emulator.GetAsync($"/v1/files/{Uri.EscapeDataString(path)}/info/attributes");
            var stat = Tool.Read("stat", "-c", "%a|%u|%g|%h|%s|%b|%.9Y|%F|%i", emulator.Root + path).Trim().Split('|');
            var isDirectory = stat[7] == "directory";
            entry.GetProperty("path").GetString().ShouldBe(isDirectory && path != "/" ? path + "/" : path);
            entry.GetProperty("name").GetString().ShouldBe(Path.GetFileName(path));
            entry.GetProperty("mode").GetString().ShouldBe(stat[0].PadLeft(4, '0'));
            entry.GetProperty("owner_details").GetProperty("id_value").GetString().ShouldBe(stat[1]);
            entry.GetProperty("group_details").GetProperty("id_value").GetString().ShouldBe(stat[2]);
            entry.GetProperty("num_links").GetInt32().ShouldBe(int.Parse(stat[3], CultureInfo.InvariantCulture));
            entry.GetProperty("modification_time").GetString().ShouldBe(Rfc3339(stat[6]));
            entry.GetProperty("type").GetString().ShouldBe(stat[7] switch
            {
                "directory" => "FS_FILE_TYPE_DIRECTORY",
                "symbolic link" => "FS_FILE_TYPE_SYMLINK",
                "fifo" => "FS_FILE_TYPE_UNIX_PIPE",
                "socket" => "FS_FILE_TYPE_UNIX_SOCKET",
                _ => "FS_FILE_TYPE_FILE",
            });
            entry.GetProperty("size").GetString().ShouldBe(isDirectory ? $"{512 * Directory.GetFileSystemEntries(emulator.Root + path).Length}" : stat[4]);
            if (entry.GetProperty("type").GetString() == "FS_FILE_TYPE_FILE") entry.GetProperty("datablocks").GetString().ShouldBe($"{(int.Parse(stat[5], CultureInfo.InvariantCulture) + 7) / 8}");
            entry.GetProperty("id").GetString().ShouldBe(path == "/" ? "2" : stat[8]);
            entry.GetProperty("file_number").GetString().ShouldBe(entry.GetProperty("id").GetString());
            (await emulator.GetAsync($"/v1/files/{entry.GetProperty("id")}/info/attributes")).GetProperty("id").GetString().ShouldBe(entry.GetProperty("id").GetString());
        }
        var ids = await emulator.SendAsync(HttpMethod.Post, "/v1/files/resolve", "[\"2\"]");
        ids.ToString().ShouldBe("""[{"id":"2","path":"/"}]""");
        await emulator.SendAsync(HttpMethod.Post, "/v1/files/resolve", "[\"987654321987654321987654321\"]", 404);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("/v1/files/%2Ff/aggregates/", 400, "fs_not_a_directory_error")]
    [InlineData("/v1/files/%2Ff/entries/", 400, "fs_not_a_directory_error")]
    [InlineData("/v1/files/%2Ff%2Fx/info/attributes", 404, "fs_no_such_entry_error")]
    [InlineData("/v1/files/%2Fnone/entries/", 404, "fs_no_such_entry_error")]
    [InlineData("/v1/files/999999999999/aggregates/", 404, "fs_no_such_entry_error")]
    [InlineData("/v1/files/%2F/aggregates/?max-entries=many", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/aggregates/?max-entries=-1", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/aggregates/?order-by=size", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/entries/?limit=0", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/entries/?limit=x", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/entries/?after=name", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/entries/?skip-atime-update=1", 400, "rest_invalid_request_error")]
    [InlineData("/v1/files/%2F/entries/?snapshot=7", 404, "snapshot_not_found_error")]
    [InlineData("/v1/files/%2F/entries", 404, "rest_not_found_error")]
    [InlineData("/v1/files/%2F/aggregates", 404, "rest_not_found_error")]
    [InlineData("/v1/files//aggregates/", 404, "rest_not_found_error")]
    [InlineData("/v9/anything", 404, "rest_not_found_error")]
    [InlineData("/v1/session/login", 405, "rest_method_not_allowed_error")]
    public async Task A_call_that_cannot_be_answered_says_why(string target, int status, string errorClass)
    {
        await using var emulator = await RunningEmulator.StartAsync(root => File.WriteAllText(Path.Combine(root, "f"), ""));
        var error = await emulator.GetAsync(target, status);
        error.GetProperty("error_class").GetString().ShouldBe(errorClass);
        error.GetProperty("module").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("stack").GetArrayLength().ShouldBe(0);
        error.GetProperty("user_visible").GetBoolean().ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_snapshot_directory_shows_or_counts_at_any_level()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "a", ".snapshot", "1_x"));
            File.WriteAllText(Path.Combine(root, "a", ".snapshot", "1_x", "file"), "x");
            File.WriteAllText(Path.Combine(root, "a", "file"), "x");
        });
        var totals = await emulator.GetAsync("/v1/files/%2F/aggregates/");
        (Number(totals, "total_files"), Number(totals, "total_directories")).ShouldBe((1, 1));
        var page = await emulator.GetAsync("/v1/files/%2Fa/entries/");
        page.GetProperty("files").EnumerateArray().Single().GetProperty("path").GetString().ShouldBe("/a/file");
        page.GetProperty("child_count").GetInt32().ShouldBe(1);
        await emulator.GetAsync("/v1/files/%2Fa%2F.snapshot/info/attributes", 404);
        await emulator.GetAsync("/v1/files/%2Fa%2F.snapshot%2F1_x%2Ffile/info/attributes", 404);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_is_reached_through_a_link()
    {
        await using var emulator = await RunningEmulator.StartAsync(root => File.CreateSymbolicLink(Path.Combine(root, "out"), "/etc"));
        (await emulator.GetAsync("/v1/files/%2Fout/info/attributes")).GetProperty("type").GetString().ShouldBe("FS_FILE_TYPE_SYMLINK");
        await emulator.GetAsync("/v1/files/%2Fout%2Fpasswd/info/attributes", 404);
        await emulator.GetAsync("/v1/files/%2Fout/aggregates/", 400);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_cluster_tells_of_itself()
    {
        await using var emulator = await RunningEmulator.StartAsync(with: options => options with { ClusterName = "the demo" });
        var space = await emulator.GetAsync("/v1/file-system");
        space.GetProperty("block_size_bytes").GetInt32().ShouldBe(4096);
        var (free, total) = (Number(space, "free_size_bytes"), Number(space, "total_size_bytes"));
        free.ShouldBeInRange(1, total);
        (await emulator.GetAsync("/v1/cluster/settings")).ToString().ShouldBe("""{"cluster_name":"the demo"}""");
        (await emulator.GetAsync("/v1/session/who-am-i")).GetProperty("name").GetString().ShouldBe("admin");
    }

    // By capacity d, e, f: d is large, e has many files, f is a link.
    private static void Small(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "d", "x", "y"));
        File.WriteAllBytes(Path.Combine(root, "d", "big"), new byte[40_000]);
        Directory.CreateDirectory(Path.Combine(root, "e"));
        for (var i = 0; i < 7; i++) File.WriteAllText(Path.Combine(root, "e", $"{i}"), i == 0 ? "x" : "");
        File.CreateSymbolicLink(Path.Combine(root, "f"), "d");
    }

    private static long Number(JsonElement element, string name) => long.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static long Found(string root, params string[] what) => Tool.Read("find", [root, .. what, "-printf", "x"]).Length;

    private static long DataBytes(string root) =>
        Tool.Read("find", root, "-type", "f", "-printf", "%b\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(blocks => (long.Parse(blocks, CultureInfo.InvariantCulture) + 7) / 8 * 4096);

    private static string Rfc3339(string seconds)
    {
        var parts = seconds.Split('.');
        var (whole, fraction) = (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1].TrimEnd('0'));
        var text = DateTimeOffset.FromUnixTimeSeconds(whole).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return fraction == "" ? text + "Z" : $"{text}.{fraction}Z";
    }
}
