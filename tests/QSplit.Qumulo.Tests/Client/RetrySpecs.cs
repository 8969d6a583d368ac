using QSplit.Qumulo.Calls;

namespace QSplit.Qumulo.Tests.Client;

public sealed class RetrySpecs
{
    private const string FileSystem = "GET /v1/file-system";

    private static readonly Answer Size = Answer.Json("""{"block_size_bytes": 4096, "total_size_bytes": "8192", "free_size_bytes": "4096"}""");

    public static TheoryData<string> Faults => ["429", "500", "502", "503", "504", "cut", "truncated", "not JSON", "null", "empty"];

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_passes_costs_a_wait_and_nothing_else(string fault)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Bad(fault), Bad(fault), Size);
        var time = new HurriedTime();
        await using var client = await cluster.ConnectAsync(time);
        (await client.ReadCapacityAsync(Cancelled)).Total.ShouldBe((UInt128)8192);
        Seconds(time).ShouldBe([0.5, 1]);
        client.Calls.ShouldBe(4);
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_stays_is_an_error_after_five_retries(string fault)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Bad(fault));
        var time = new HurriedTime();
        await using var client = await cluster.ConnectAsync(time);
        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(Cancelled));
        error.Message.ShouldStartWith("Cluster music: its size: GET /v1/file-system at 127.0.0.1");
        error.Message.ShouldContain("; tried 6 times.");
        error.Message.ShouldContain(fault switch { "429" => "too much to do", "cut" or "truncated" => "the connection ended before the answer did", _ => char.IsDigit(fault[0]) ? fault : "is not the JSON it should be" });
        Seconds(time).ShouldBe([0.5, 1, 2, 4, 8]);
        cluster.Calls.Length.ShouldBe(6);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("86400", 60)]
    [InlineData("Sun, 22 Nov 2026 17:30:12 GMT", 12)]
    [InlineData("Sun, 22 Nov 2026 17:00:00 GMT", 0)]
    [InlineData("Mon, 23 Nov 2026 17:00:00 GMT", 60)]
    [InlineData("soon", 0.5)]
    public async Task A_cluster_that_asks_for_time_gets_it_within_reason(string asked, double seconds)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Answer.RetryAfter(429, asked), Size);
        var time = new HurriedTime();
        await using var client = await cluster.ConnectAsync(time);
        await client.ReadCapacityAsync(Cancelled);
        (seconds == 0 ? Seconds(time).DefaultIfEmpty() : Seconds(time)).ShouldBe([seconds]);
    }

    [Theory]
    [InlineData(0, 0.25, 0.75)]
    [InlineData(3, 2, 6)]
    [InlineData(6, 15, 45)]
    [InlineData(1_000_000, 15, 45)]
    public void Waits_double_up_to_half_a_minute_and_are_spread_by_half(int attempt, double least, double most)
    {
        RetryRules.Delay(attempt, null, 0).TotalSeconds.ShouldBe(least);
        RetryRules.Delay(attempt, null, 1).TotalSeconds.ShouldBe(most);
    }

    [Fact(Timeout = HangLimit)]
    public async Task At_most_so_many_calls_are_under_way()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Size with { After = TimeSpan.FromMilliseconds(30) });
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { CallsAtOnce = 4 });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.ReadCapacityAsync(Cancelled)));
        cluster.MostAtOnce.ShouldBe(4);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Those_who_wait_for_a_retry_keep_nobody_from_calling()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Answer.Error(503, "busy"), Size);
        cluster.On("GET /v1/version", Answer.Json("{}"));
        cluster.On("GET /v1/cluster/settings", Answer.Json("{}"));
        // A clock that stands: the retry never comes.
        await using var client = await QumuloClient.ConnectAsync(cluster.Manifest, HurriedTime.Settings with { CallsAtOnce = 1 }, _ => { }, new StandingTime(), Cancelled);
        using var enough = new CancellationTokenSource();
        var waiting = client.ReadCapacityAsync(enough.Token);
        while (cluster.Calls.Length == 0) await Task.Delay(10, Cancelled);
        (await client.IdentifyAsync(Cancelled)).Name.ShouldBeNull();
        waiting.IsCompleted.ShouldBeFalse();
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_answer_without_end_is_cut_short()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Answer.Json($$"""{"x": "{{new string('x', 100_000)}}"}"""));
        await using var client = await cluster.ConnectAsync(settings: HurriedTime.Settings with { LargestAnswer = 50_000 });
        (await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(Cancelled))).Message.ShouldContain("the answer is longer than 50,000 bytes");
        cluster.Calls.Length.ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_cancel_a_call()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Size with { After = Hang });
        await using var client = await cluster.ConnectAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(() => client.ReadCapacityAsync(soon.Token));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static double[] Seconds(HurriedTime time) => [.. time.Waits.Select(wait => wait.TotalSeconds)];

    private static Answer Bad(string fault) => fault switch
    {
        "cut" => Answer.Cut,
        "truncated" => Size with { CutAfter = 20 },
        "not JSON" => Answer.Json("<html>"),
        "null" => Answer.Json("null"),
        "empty" => Answer.Json(""),
        _ => Answer.Error(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "fault_error"),
    };

    private sealed class StandingTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
