using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using QSplit.Manifests;

namespace QSplit.Tasks;

/// <summary>Posts to webhooks. Addresses are secrets: what goes wrong is told in words of our own.</summary>
/// <param name="limit">How long one try may take.</param>
/// <param name="pause">Before the second try; twice that before the third.</param>
internal sealed class Webhooks(TimeProvider time, TimeSpan limit, TimeSpan pause) : IDisposable
{
    private const int Tries = 3;
    private readonly Lazy<HttpClient> _client = new(() => ClientOf(useProxy: true));
    private readonly Lazy<HttpClient> _loopback = new(() => ClientOf(useProxy: false));
    private readonly ResiliencePipeline<HookAnswer> _again = new ResiliencePipelineBuilder<HookAnswer> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HookAnswer>
        {
            MaxRetryAttempts = Tries - 1,
            Delay = pause,
            BackoffType = DelayBackoffType.Exponential,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { MayPass: true }),
        })
        .Build();

    /// <inheritdoc cref="Notices.WebhookPost"/>
    public async Task<string?> PostAsync(Secret url, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var to = new Uri(url.Reveal());
        var answer = await _again.ExecuteAsync(async token => await TryAsync(to, json, token), cancellationToken);
        return answer is { Why: { } why } ? $"{why}{(answer.MayPass ? $", {Tries} times" : "")}" : null;
    }

    public void Dispose()
    {
        foreach (var client in new[] { _client, _loopback }.Where(c => c.IsValueCreated)) client.Value.Dispose();
    }

    private async Task<HookAnswer> TryAsync(Uri to, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
        try
        {
            // Of what it answers the number is enough.
            using var response = await (to.IsLoopback ? _loopback : _client).Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            return response.IsSuccessStatusCode ? new HookAnswer(null, false) : new HookAnswer($"answered {(int)response.StatusCode}", MayPass(response.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HookAnswer($"did not answer within {limit.TotalSeconds:0.#} s", true);
        }
        catch (HttpRequestException e)
        {
            return new HookAnswer($"cannot be reached ({e.HttpRequestError})", true);
        }
    }

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static HttpClient ClientOf(bool useProxy)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = useProxy }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("QSplit", typeof(Webhooks).Assembly.GetName().Version?.ToString(3)));
        return client;
    }

    /// <param name="Why">Why it was not taken; null when it was.</param>
    /// <param name="MayPass">Whether another try may help.</param>
    private sealed record HookAnswer(string? Why, bool MayPass);
}
