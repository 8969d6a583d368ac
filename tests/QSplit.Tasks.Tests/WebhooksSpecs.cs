using QSplit.Manifests;

namespace QSplit.Tasks.Tests;

/// <summary>How a webhook is posted to, and what is said of one that is ill.</summary>
public sealed class WebhooksSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task It_gets_the_JSON_as_it_is_at_its_whole_address()
    {
        await using var hook = await Webhook.StartAsync(204);

        (await PostAsync(hook.Url)).ShouldBeNull();

        hook.Heard.ShouldBe([($"POST /services/{Webhook.Secret}?token={Webhook.Secret}", "application/json; charset=utf-8", """{"text":"☃"}""")]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(new[] { 500, 503, 200 }, 3, null)]
    [InlineData(new[] { 429, 200 }, 2, null)]
    [InlineData(new[] { 500 }, 3, "answered 500, 3 times")]
    [InlineData(new[] { 404 }, 1, "answered 404")]
    [InlineData(new[] { 301 }, 1, "answered 301")]
    public async Task It_is_tried_again_where_that_may_help(int[] answers, int tries, string? why)
    {
        await using var hook = await Webhook.StartAsync(answers);

        (await PostAsync(hook.Url)).ShouldBe(why);

        hook.Heard.Count.ShouldBe(tries);
    }

    [Fact(Timeout = HangLimit)]
    public async Task It_is_tried_again_when_it_did_not_answer()
    {
        await using var hook = await Webhook.StartAsync(0, 200);
        var limit = TimeSpan.FromMinutes(1);
        using var webhooks = new Webhooks(new FirstOnlyTime(limit), limit, TimeSpan.FromMilliseconds(10));

        (await webhooks.PostAsync(new Secret(hook.Url), "{}"u8.ToArray(), TestContext.Current.CancellationToken)).ShouldBeNull();

        hook.Heard.Count.ShouldBe(2);
    }

    [Fact(Timeout = HangLimit)]
    public async Task One_that_never_answers_is_not_waited_for_for_ever()
    {
        await using var hook = await Webhook.StartAsync(0);

        (await PostAsync(hook.Url, TimeSpan.FromSeconds(0.3))).ShouldBe("did not answer within 0.3 s, 3 times");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("http://127.0.0.1:9/hunter2", "cannot be reached (ConnectionError), 3 times")]
    [InlineData("https://127.0.0.1:9/hunter2", "cannot be reached (ConnectionError), 3 times")]
    public async Task One_that_is_down_is_told_without_its_address(string url, string why) => (await PostAsync(url)).ShouldBe(why);

    [Fact(Timeout = HangLimit)]
    public async Task Whoever_waits_no_longer_does_not_wait()
    {
        await using var hook = await Webhook.StartAsync(0);
        using var webhooks = new Webhooks(TimeProvider.System, 2 * Hang, 2 * Hang);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var posting = webhooks.PostAsync(new Secret(hook.Url), "{}"u8.ToArray(), source.Token);
        while (hook.Heard.Count == 0) await Task.Delay(10, TestContext.Current.CancellationToken);
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => posting);
    }

    private static async Task<string?> PostAsync(string url, TimeSpan? limit = null)
    {
        using var webhooks = new Webhooks(TimeProvider.System, limit ?? Hang, TimeSpan.FromMilliseconds(10));
        return await webhooks.PostAsync(new Secret(url), """{"text":"☃"}"""u8.ToArray(), TestContext.Current.CancellationToken);
    }

    /// <summary>A clock by which the first time limit passes after half a second and the later ones never do.</summary>
    private sealed class FirstOnlyTime(TimeSpan limit) : TimeProvider
    {
        private int _limits;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(
            callback, state, dueTime != limit ? dueTime : _limits++ == 0 ? TimeSpan.FromSeconds(0.5) : Timeout.InfiniteTimeSpan, period);
    }
}
