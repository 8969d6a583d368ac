namespace QSplit.Qumulo.Tests.Client;

/// <summary>What people read when a cluster cannot be asked.</summary>
public sealed class MessageSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_port_that_refuses_connections()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        var port = RawServer.ClosedPort();
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: cluster.Manifest with { Port = port }));
        error.Message.ShouldBe(
            $"Cluster music: signing in: 127.0.0.1, port {port}, cannot be reached: it refuses connections on that port; tried 6 times. " +
            "Check address and port (8000 unless it was changed), the cluster's state, and firewalls on the way.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_name_that_nobody_knows()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        // RFC 6761: never to be found.
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: cluster.Manifest with { Addresses = ["music.invalid"] }));
        error.Message.ShouldContain("music.invalid, port ");
        error.Message.ShouldContain("cannot be reached: its name is not known to the name servers");
        error.Message.ShouldContain("Check the address in the manifest");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_port_that_speaks_no_TLS()
    {
        using var server = new RawServer("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        var error = await Should.ThrowAsync<StorageException>(() => Connect(server, HurriedTime.Settings));
        error.Message.ShouldContain("TLS could not be agreed on");
        error.Message.ShouldContain("Is this the port of the REST API");
        server.Connections.ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_port_that_hangs_up()
    {
        using var server = new RawServer("");
        var error = await Should.ThrowAsync<StorageException>(() => Connect(server, HurriedTime.Settings));
        error.Message.ShouldContain("the connection ended before TLS was set up; tried 6 times");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_port_that_says_nothing()
    {
        using var server = new RawServer(null);
        var error = await Should.ThrowAsync<StorageException>(() => Connect(server, HurriedTime.Settings with { ConnectTimeout = TimeSpan.FromMilliseconds(200), Retries = 1 }));
        error.Message.ShouldContain("cannot be reached: no connection within 0.2 s; tried 2 times.");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(null)]
    [InlineData(10)]
    public async Task A_cluster_that_falls_silent(int? after)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On("GET /v1/file-system", Answer.Json("""{"block_size_bytes": 4096}""") with { After = after is null ? Hang : TimeSpan.Zero, PauseAfter = after });
        var time = new LimitedTime(Hang);
        await using var client = await QumuloClient.ConnectAsync(
            cluster.Manifest, new QumuloSettings { ReadTimeout = Hang, Retries = 0 }, _ => { }, time, TestContext.Current.CancellationToken);
        time.IsShort = true;
        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(TestContext.Current.CancellationToken));
        error.Message.ShouldBe("Cluster music: its size: GET /v1/file-system at 127.0.0.1: no answer for 1800 s. Look at the cluster's load and the network on the way, then run the same command again.");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(403, "fs_access_denied_error", "give its role PRIVILEGE_FS_ATTRIBUTES_READ, and the account read access to the directory")]
    [InlineData(404, "fs_no_such_entry_error", "It is not on the cluster: check the path")]
    [InlineData(404, "rest_not_found_error", "The server does not know this call")]
    [InlineData(400, "fs_not_a_directory_error", "It is no directory")]
    [InlineData(404, "snapshot_not_found_error", "The snapshot has expired, or was deleted")]
    [InlineData(404, "fs_file_not_covered_by_snapshot_error", "The snapshot is of another directory")]
    [InlineData(400, "fs_symlink_loop_error", "It is a symbolic link: give the directory that it leads to.")]
    [InlineData(400, "fs_encountered_portal_error", "It is a portal")]
    [InlineData(404, "fs_opened_file_stale_error", "It was replaced while it was looked at")]
    [InlineData(307, "x", "Give the address and port of the REST API itself")]
    [InlineData(418, "teapot_error", "418 418")]
    public async Task A_path_that_cannot_be_opened(int status, string name, string advice)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On("GET /v1/files/%2Fmusic%20%26%20more/info/attributes?snapshot=7", Answer.Error(status, name, "as told\\nin two lines"));
        await using var client = await cluster.ConnectAsync();
        var snapshot = new Clusters.ClusterSnapshot("7", "7_x", default, null);
        var error = await Should.ThrowAsync<StorageException>(() => client.OpenAsync("/music & more/", snapshot, TestContext.Current.CancellationToken));
        error.Message.ShouldStartWith($"Cluster music: /music & more: GET /v1/files/%2Fmusic%20%26%20more/info/attributes at 127.0.0.1 was answered {status} ");
        error.Message.ShouldContain($"({name}: as told in two lines)");
        error.Message.ShouldContain(advice);
        error.Message.ShouldNotContain("snapshot=7");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"inner\": {\"inner\": {\"error_class\": \"deep_error\"}}}")]
    public async Task An_error_without_the_usual_body(string body)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On("GET /v1/file-system", Answer.Json(body) with { Status = 403 });
        await using var client = await cluster.ConnectAsync();
        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(TestContext.Current.CancellationToken));
        error.Message.ShouldContain($"was answered 403 Forbidden{(body.Contains("deep", StringComparison.Ordinal) ? " (deep_error)" : "")}. The account may not do that");
    }

    private static Task<QumuloClient> Connect(RawServer server, QumuloSettings settings) =>
        QumuloClient.ConnectAsync(server.Manifest, settings, _ => { }, new HurriedTime(), TestContext.Current.CancellationToken);

    /// <summary>A clock by which one time limit can be made to pass in half a second. Signing in is not limited by it.</summary>
    private sealed class LimitedTime(TimeSpan limit) : TimeProvider
    {
        public bool IsShort { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, base.CreateTimer(callback, state, Real(dueTime), period));

        private TimeSpan Real(TimeSpan dueTime) => IsShort && dueTime == limit ? TimeSpan.FromSeconds(0.5) : dueTime;

        private sealed class Timer(LimitedTime time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Real(dueTime), period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
