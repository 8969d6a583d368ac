using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using QSplit.Manifests;
using QSplit.Qumulo.Trust;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>A server on loopback that says what it is told to, over HTTPS, and remembers what it was asked, byte for byte.</summary>
internal sealed class ScriptedCluster : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<string, Answer>>> _script = [];
    private int _underWay;

    private ScriptedCluster(WebApplication server, X509Certificate2 certificate) => (_server, _certificate) = (server, certificate);

    public ConcurrentQueue<Asked> Heard { get; } = [];

    /// <summary>Method and raw target of each request after signing in, and but for what the cluster is.</summary>
    public string[] Calls => [.. Heard.Select(asked => asked.Line).Where(line => line is not ("POST /v1/session/login" or "GET /v1/session/who-am-i" or "GET /v1/version"))];

    public int MostAtOnce { get; private set; }

    public int Port => new Uri(_server.Urls.Single()).Port;

    /// <summary>As the manifest would have it: signed in by password, its certificate pinned.</summary>
    public Cluster Manifest => new("music", ["127.0.0.1"], Port, "mover", new Secret("open-sesame"), null, null, null, CertificateCheck.FingerprintOf(_certificate), false, null);

    /// <param name="certificate">Self-signed by default.</param>
    /// <param name="ip">Another address of loopback for another node.</param>
    public static async Task<ScriptedCluster> StartAsync(X509Certificate2? certificate = null, string ip = "127.0.0.1", int port = 0)
    {
        certificate ??= Certificates.SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(ip), port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            endpoint.UseHttps(certificate);
        }));
        var cluster = new ScriptedCluster(builder.Build(), certificate);
        cluster._server.Run(cluster.AnswerAsync);
        await cluster._server.StartAsync();
        cluster.On("POST /v1/session/login", Answer.Json("""{"bearer_token": "session-v1:first"}"""));
        cluster.On("GET /v1/session/who-am-i", Answer.Json("""{"name": "mover"}"""));
        return cluster;
    }

    /// <summary>What is answered to a request, one after another; the last again and again.</summary>
    public ScriptedCluster On(string line, params Answer[] answers) => On(line, [.. answers.Select(answer => (Func<string, Answer>)(_ => answer))]);

    /// <summary>The same, from the <c>Authorization</c> header.</summary>
    public ScriptedCluster On(string line, params Func<string, Answer>[] answers)
    {
        _script[line] = new(answers);
        return this;
    }

    /// <summary>A client that never waits long, however long it should.</summary>
    public Task<QumuloClient> ConnectAsync(HurriedTime? time = null, Action<string>? warn = null, Cluster? manifest = null, QumuloSettings? settings = null) => QumuloClient.ConnectAsync(
        manifest ?? Manifest, settings ?? HurriedTime.Settings, warn ?? (_ => { }), time ?? new HurriedTime(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        lock (Heard) MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        try
        {
            var line = $"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()!.RawTarget}";
            var authorization = context.Request.Headers.Authorization.ToString();
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            Heard.Enqueue(new(line, authorization, context.Request.ContentType, await reader.ReadToEndAsync()));
            var answer = Next(line)?.Invoke(authorization) ?? Answer.Error(404, "rest_not_found_error", $"No such call: {line}");
            await Task.Delay(answer.After, context.RequestAborted);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = "application/json";
            foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
            if (answer.CutAfter is { } some)
            {
                context.Response.ContentLength = answer.Body.Length;
                if (some > 0) await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, some));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }
            if (answer.PauseAfter is { } few)
            {
                await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, few));
                await context.Response.Body.FlushAsync();
                await Task.Delay(Hang, context.RequestAborted);
            }
            await context.Response.Body.WriteAsync(answer.Body.AsMemory(answer.PauseAfter ?? 0));
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
        finally
        {
            lock (Heard) _underWay--;
        }
    }

    private Func<string, Answer>? Next(string line)
    {
        if (!_script.TryGetValue(line, out var answers)) return null;
        lock (answers) return answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.TryPeek(out var last) ? last : null;
    }
}

internal sealed record Asked(string Line, string Authorization, string? ContentType, string Body);

internal sealed record Answer(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Bytes of the body after which the connection is cut; null sends all.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Bytes of the body after which nothing comes any more.</summary>
    public int? PauseAfter { get; init; }

    public TimeSpan After { get; init; }

    public static Answer Cut { get; } = new(200, new byte[100]) { CutAfter = 0 };

    public static Answer Json(string json) => new(200, Encoding.UTF8.GetBytes(json));

    public static Answer Error(int status, string name, string description = "as told") =>
        new(status, Encoding.UTF8.GetBytes($$"""{"module": "test", "error_class": "{{name}}", "description": "{{description}}", "stack": [], "user_visible": true}"""));

    public static Answer RetryAfter(int status, string value) => Error(status, "too_many_requests") with { Headers = new() { ["Retry-After"] = value } };

    public static Answer RetryAfter(int status, DateTimeOffset date) => RetryAfter(status, date.ToString("R", CultureInfo.InvariantCulture));
}
