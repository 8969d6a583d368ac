using QSplit.Clusters;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>What has a late time, as the client finds it by listing all.</summary>
public sealed class TouchedSpecs
{
    private const string Early = "2026-11-22T16:59:59.999999999Z", Late = "2026-11-22T17:00:00Z";
    private const string Root = "GET /v1/files/%2Fmusic/entries/?limit=1000&snapshot=9";
    private const string More = "/v1/files/%2Fmusic/entries/?after=2";

    [Fact(Timeout = HangLimit)]
    public async Task All_pages_of_all_directories_are_read_but_of_those_that_are_new_or_left_out()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(Root, Said.Page($"\"{More}\"", Entry("old", "FILE", Early), Entry("late", "FILE", Late), Entry("new", "DIRECTORY", Late, Late), Entry("odd\uFFFD", "FILE", Early)));
        cluster.On($"GET {More}", Said.Page("\"\"", Entry("a", "DIRECTORY", Early), Entry("b", "DIRECTORY", Late), Entry("out", "DIRECTORY", Late)));
        cluster.On(Below("a"), Said.Page(null, Entry("link", "SYMLINK", Late), """{"name": "timeless", "type": "FS_FILE_TYPE_FILE"}"""));
        cluster.On(Below("b"), Answer.Error(403, "fs_access_denied_error"));

        var changes = await TouchedAsync(cluster);

        changes.ShouldBe(["Created ./b True", "Created ./new True", "Modified . True", "Modified ./a/link False", "Modified ./a/timeless False", "Modified ./b True", "Modified ./late False"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("FILE", Late)]
    [InlineData("DIRECTORY", Early)]
    public async Task A_name_that_the_cluster_cannot_say_makes_all_of_it_unknown(string type, string changed)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(Root, Said.Page(null, Entry("odd\uFFFD", type, changed)));

        (await TouchedAsync(cluster)).ShouldBeNull();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("a", 404, "fs_no_such_entry_error", null)]
    [InlineData("", 404, "fs_no_such_entry_error", "/music")]
    [InlineData("a", 500, "internal_error", "/music/a")]
    public async Task A_directory_that_went_is_passed_over_and_other_faults_are_not(string where, int status, string name, string? words)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(Root, where.Length == 0 ? Answer.Error(status, name) : Said.Page(null, Entry("a", "DIRECTORY", Early))).On(Below("a"), Answer.Error(status, name));

        if (words is null) (await TouchedAsync(cluster)).ShouldBe(["Modified . True"]);
        else (await Should.ThrowAsync<StorageException>(() => TouchedAsync(cluster))).Message.ShouldContain(words);
    }

    private static string Below(string name) => $"GET /v1/files/%2Fmusic%2F{name}/entries/?limit=1000&snapshot=9";

    private static string Entry(string name, string type, string changed, string born = Early) =>
        $$"""{"name": "{{name}}", "type": "FS_FILE_TYPE_{{type}}", "change_time": "{{changed}}", "creation_time": "{{born}}"}""";

    private static async Task<IEnumerable<string>?> TouchedAsync(ScriptedCluster cluster)
    {
        await using var client = await cluster.ConnectAsync();
        var since = new DateTimeOffset(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);
        var changes = await client.ReadTouchedAsync("/music", new ClusterSnapshot("9", "9_x", since, null), since, path => path.Name.SequenceEqual("out"u8), TestContext.Current.CancellationToken);
        return changes?.Select(change => $"{change.Operation} {change.Path} {change.IsDirectory}").Order(StringComparer.Ordinal);
    }
}
