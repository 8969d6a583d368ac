using System.Globalization;
using System.Net;
using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Qumulo.Tests.Client;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>What goes wrong on demand. The login of the test is a call too.</summary>
public sealed class FaultSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Each_call_can_be_made_slow()
    {
        var time = new HurriedTime();
        await using var emulator = await RunningEmulator.StartAsync(with: options => options with { Faults = "latency=800ms" }, time: time);
        time.Waits.Clear();

        await emulator.GetAsync("/v1/version");

        time.Waits.ShouldBe([TimeSpan.FromMilliseconds(800)]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_token_can_end_after_some_calls_and_a_new_login_helps()
    {
        await using var emulator = await RunningEmulator.StartAsync(with: options => options with { Faults = "unauthorized-after=2" });
        for (var round = 0; round < 2; round++)
        {
            await emulator.GetAsync("/v1/file-system");
            await emulator.GetAsync("/v1/file-system");
            await emulator.GetAsync("/v1/file-system", 401);
            await emulator.GetAsync("/v1/file-system", 401);
            emulator.Client.DefaultRequestHeaders.Authorization = new("Bearer", await RunningEmulator.LogInAsync(emulator.Client, emulator.Cluster));
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_token_ends_with_its_time()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var emulator = await RunningEmulator.StartAsync(time: clock);
        clock.Now += TimeSpan.FromHours(10) - TimeSpan.FromSeconds(1);
        await emulator.GetAsync("/v1/session/who-am-i");
        clock.Now += TimeSpan.FromSeconds(1);
        await emulator.GetAsync("/v1/session/who-am-i", 401);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Too_many_requests_say_when_to_come_again()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        (emulator.Cluster.Faults.TooMany, emulator.Cluster.Faults.RetryAfter) = (2, 3);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await emulator.Client.GetAsync(new Uri(emulator.Url + "/v1/version"), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        }
        await emulator.GetAsync("/v1/version");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Errors_come_as_often_as_asked_for_and_not_before()
    {
        await using var emulator = await RunningEmulator.StartAsync(with: options => options with { Faults = "errors=2,status=500,after=2" });
        await emulator.GetAsync("/v1/version");
        await emulator.GetAsync("/v1/version", 500);
        await emulator.GetAsync("/v1/version", 500);
        await emulator.GetAsync("/v1/version");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_connection_can_be_cut_and_the_log_says_so()
    {
        var log = new StringWriter();
        await using var emulator = await RunningEmulator.StartAsync(with: options => options with { Log = log });
        emulator.Cluster.Faults.Cut = 1;
        await Should.ThrowAsync<HttpRequestException>(() => emulator.Client.GetStringAsync(new Uri(emulator.Url + "/v1/version"), TestContext.Current.CancellationToken));
        await emulator.GetAsync("/v1/version");
        log.ToString().ShouldContain("GET /v1/version 0 ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_answer_can_break_off()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        emulator.Cluster.Faults.Truncate = 1;
        using (var answer = await emulator.Client.GetAsync(new Uri(emulator.Url + "/v1/version"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var whole = (int)answer.Content.Headers.ContentLength!;
            await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var buffer = new byte[whole];
            var read = 0;
            await Should.ThrowAsync<IOException>(async () =>
            {
                while (await body.ReadAsync(buffer.AsMemory(read), TestContext.Current.CancellationToken) is > 0 and var some) read += some;
            });
            read.ShouldBeInRange(1, whole - 1);
        }
        await emulator.GetAsync("/v1/version");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_can_vanish_while_listings_still_show_it()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "a", "b", "c"));
            Directory.CreateDirectory(Path.Combine(root, "a", "bb"));
        }, options => options with { Faults = "vanish=/a/b" });
        (await emulator.GetAsync("/v1/files/%2Fa/aggregates/")).GetProperty("files").GetArrayLength().ShouldBe(2);
        (await emulator.GetAsync("/v1/files/%2Fa/entries/")).GetProperty("files").GetArrayLength().ShouldBe(2);
        foreach (var gone in (string[])["%2Fa%2Fb", "%2Fa%2Fb%2F", "%2Fa%2Fb%2Fc"])
            (await emulator.GetAsync($"/v1/files/{gone}/aggregates/", 404)).GetProperty("error_class").GetString().ShouldBe("fs_no_such_entry_error");
        await emulator.GetAsync("/v1/files/%2Fa%2Fbb/aggregates/");
        emulator.Cluster.Faults.Return();
        await emulator.GetAsync("/v1/files/%2Fa%2Fb/aggregates/");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Totals_can_be_behind_what_is_in_a_directory()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            for (var i = 0; i < 20; i++) File.WriteAllBytes(Path.Combine(root, $"{i}"), new byte[50_000]);
        }, options => options with { Faults = "lag=10%" });
        var totals = await emulator.GetAsync("/v1/files/%2F/aggregates/");
        totals.GetProperty("total_files").GetString().ShouldBe("18");
        var capacity = long.Parse(totals.GetProperty("total_capacity").GetString()!, CultureInfo.InvariantCulture);
        (capacity % 4096).ShouldBe(0);
        capacity.ShouldBeLessThan(totals.GetProperty("files").EnumerateArray().Sum(file => long.Parse(file.GetProperty("capacity_usage").GetString()!, CultureInfo.InvariantCulture)));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Pages_can_be_shorter_than_asked_for()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            for (var i = 0; i < 5; i++) File.WriteAllText(Path.Combine(root, $"{i}"), "");
        }, options => options with { Faults = "page=2" });
        var page = await emulator.GetAsync("/v1/files/%2F/entries/?limit=1000");
        page.GetProperty("files").GetArrayLength().ShouldBe(2);
        page.GetProperty("paging").GetProperty("next").GetString().ShouldEndWith("&limit=1000");
    }

    [Theory]
    [InlineData("latency", "has no value")]
    [InlineData("latency=5", "such as 5ms or 2s")]
    [InlineData("latency=-5ms", "such as 5ms or 2s")]
    [InlineData("errors=some", "Fault errors=some: it must be a whole number, 0 or more.")]
    [InlineData("status=404", "500 to 599")]
    [InlineData("lag=101%", "0 to 100")]
    [InlineData("page=0", "1 or more")]
    [InlineData("vanish=a", "an absolute path")]
    [InlineData("refuse=fs_stale_error", "must be an error class and an absolute path")]
    [InlineData("one-name=1", "it must be yes or no")]
    [InlineData("core=new", "such as core=7.9.0.3")]
    [InlineData("eror=1", "Fault 'eror' is not known. There are: latency,")]
    public async Task Faults_that_are_written_wrongly_are_said(string text, string expected)
    {
        using var folder = new Testing.TemporaryFolder();
        var problem = await Should.ThrowAsync<ManifestException>(() => EmulatedCluster.StartAsync(new(folder.Path) { Faults = text }, TimeProvider.System, TestContext.Current.CancellationToken));
        problem.Message.ShouldContain(expected);
    }
}
