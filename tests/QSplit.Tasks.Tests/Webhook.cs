using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace QSplit.Tasks.Tests;

/// <summary>A webhook on loopback, which keeps what it gets and answers as it was told to.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    /// <summary>What of its address is a secret.</summary>
    public const string Secret = "hunter2-of-the-webhook";

    private readonly Lock _gate = new();
    private readonly List<(string Path, string Type, string Body)> _heard = [];
    private readonly WebApplication _server;

    private Webhook(WebApplication server) => _server = server;

    public string Url => $"{_server.Urls.Single()}/services/{Secret}?token={Secret}";

    public IReadOnlyList<(string Path, string Type, string Body)> Heard
    {
        get
        {
            lock (_gate) return [.. _heard];
        }
    }

    /// <param name="answers">A status for each call, the last for all that follow; 0 never answers.</param>
    public static async Task<Webhook> StartAsync(params IReadOnlyList<int> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var hook = new Webhook(builder.Build());
        hook._server.Run(context => hook.AnswerAsync(context, answers));
        await hook._server.StartAsync(TestContext.Current.CancellationToken);
        return hook;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, IReadOnlyList<int> answers)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        int status;
        lock (_gate)
        {
            status = answers[Math.Min(_heard.Count, answers.Count - 1)];
            _heard.Add(($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.ContentType ?? "", body));
        }
        if (status == 0) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        else context.Response.StatusCode = status;
        if (status is 301) context.Response.Headers.Location = "/elsewhere";
    }
}
