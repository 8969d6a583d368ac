using Polly;
using QSplit.Manifests;
using QSplit.Qumulo.Trust;
using RestSharp;

namespace QSplit.Qumulo.Calls;

/// <summary>Sends calls: over the addresses that work, so many at once, again when a fault may pass.</summary>
internal sealed class Transport : IDisposable
{
    private readonly Cluster _cluster;
    private readonly CallLimits _limits;
    private readonly TimeProvider _time;
    private readonly CertificateCheck _check;
    private readonly HttpClient _http;
    private readonly RestClient _client;
    private readonly NodeAddresses _addresses;
    private readonly ResiliencePipeline _retry;
    private readonly SemaphoreSlim _places;
    private long _calls;

    /// <param name="warn">Told when an address is passed over.</param>
    /// <exception cref="StorageException">The manifest's certificate file cannot be read.</exception>
    public Transport(Cluster cluster, CallLimits limits, Action<string> warn, TimeProvider time)
    {
        (_cluster, _limits, _time) = (cluster, limits, time);
        _check = new(cluster);
        _addresses = new(cluster.Name, cluster.Addresses, warn);
        _retry = RetryRules.Pipeline(limits, time);
        _places = new(limits.AtOnce);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = limits.Connect,
            SslOptions = _check.Options,
            MaxConnectionsPerServer = limits.AtOnce,
            // Nodes come and go behind one name: it is looked up again now and then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            UseCookies = false,
            // A cluster is near, and what the environment says of proxies is meant for elsewhere.
            UseProxy = false,
        };
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new RestClientOptions
        {
            UserAgent = $"QSplit/{typeof(Transport).Assembly.GetName().Version?.ToString(3)}",
            Timeout = Timeout.InfiniteTimeSpan,
            RedirectOptions = new RedirectOptions { FollowRedirects = false },
            BaseUrl = UriOf(cluster.Addresses[0], "/"),
        };
        _client = new(_http, options) { AcceptedContentTypes = ["application/json"] };
    }

    /// <summary>Requests sent so far, repeated ones included.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <exception cref="OperationCanceledException">Nothing else is thrown for what a cluster does.</exception>
    public async Task<Reply<T>> SendAsync<T>(ApiCall<T> call, string? token, CancellationToken cancellationToken) where T : class
    {
        var tries = 0;
        var reply = await _retry.ExecuteAsync(
            async attempt =>
            {
                tries++;
                return await TryAsync(call, token, attempt);
            },
            cancellationToken);
        return reply.Fault is null ? reply : reply with { Fault = reply.Fault with { Tries = tries } };
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        _check.Dispose();
        _places.Dispose();
    }

    private async Task<Reply<T>> TryAsync<T>(ApiCall<T> call, string? token, CancellationToken cancellationToken) where T : class
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            for (var i = 1; ; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var address = _addresses.Next();
                Interlocked.Increment(ref _calls);
                using var exchange = new Exchange<T>(call, address, UriOf(address, call.Target), token, _limits with { Silence = call.Patience ?? _limits.Silence }, _time);
                // Only its answer tells what a call has made that cannot be repeated: it is waited for, also when the user interrupts.
                var reply = await exchange.RunAsync(_client, _check.RefusalOf, call.Repeatable ? cancellationToken : CancellationToken.None);
                if (reply.Fault is not { } fault) return reply;
                if (call.Patience is not null && fault is Fault.Silence silence) reply = fault = silence with { IsOfTheAnswer = true };

                var harmless = call.Repeatable || !fault.MayHaveArrived;
                var othersLeft = fault.OfAddress && _addresses.Drop(address, CallProblems.Why(fault));
                if (!othersLeft || !harmless || i >= _addresses.Count) return reply with { Again = fault.MayPass && harmless };
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private Uri UriOf(string address, string target) => new(
        Origins.Of(_cluster, address) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
