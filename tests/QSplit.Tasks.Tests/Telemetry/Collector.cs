using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace QSplit.Tasks.Tests.Telemetry;

/// <summary>A collector of telemetry on loopback, which takes OpenTelemetry's protocol over HTTP or gRPC and keeps what it gets; or answers badly.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const int GrpcPrefix = 5; // a byte that says whether what follows is compressed, and its length in four
    private readonly Lock _gate = new();
    private readonly List<(string Path, string Authorization, WireMessage Body)> _heard = [];
    private readonly WebApplication _server;
    private readonly Func<HttpContext, Task<bool>> _refuses;

    private Collector(WebApplication server, Func<HttpContext, Task<bool>> refuses) => (_server, _refuses) = (server, refuses);

    public string Url => _server.Urls.Single();

    public IReadOnlyList<(string Path, string Authorization, WireMessage Body)> Heard
    {
        get
        {
            lock (_gate) return [.. _heard];
        }
    }

    public IReadOnlyList<ExportedSpan> Spans => [.. Heard.Where(h => IsOf(h.Path, "trace")).SelectMany(h => OtlpPayload.Spans(h.Body))];

    /// <summary>Each series as it was said last.</summary>
    public IReadOnlyList<ExportedPoint> Points =>
    [
        .. Heard.Where(h => IsOf(h.Path, "metrics")).SelectMany(h => OtlpPayload.Points(h.Body))
            .GroupBy(p => $"{p.Metric} {string.Join(' ', p.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))}")
            .Select(series => series.Last()),
    ];

    /// <param name="grpc">gRPC in place of HTTP with protobuf bodies.</param>
    /// <param name="refuses">Whether it answered by itself, and badly.</param>
    public static async Task<Collector> StartAsync(bool grpc = false, Func<HttpContext, Task<bool>>? refuses = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, at => at.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var collector = new Collector(builder.Build(), refuses ?? (_ => Task.FromResult(false)));
        collector._server.Run(collector.AnswerAsync);
        await collector._server.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static bool IsOf(string path, string signal) => path.Contains($"/{signal}", StringComparison.Ordinal) || path.Contains($".{signal}.", StringComparison.Ordinal);

    private async Task AnswerAsync(HttpContext context)
    {
        if (await _refuses(context)) return;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isGrpc = context.Request.ContentType == "application/grpc";
        var bytes = body.ToArray().AsMemory(isGrpc ? GrpcPrefix : 0);
        if (context.Request.Headers.ContentEncoding == "gzip") bytes = Unzipped(bytes);
        lock (_gate) _heard.Add((context.Request.Path, context.Request.Headers.Authorization.ToString(), new WireMessage(bytes)));
        context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (!isGrpc) return;
        // An empty message, and that it went well.
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static byte[] Unzipped(ReadOnlyMemory<byte> bytes)
    {
        using var zipped = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zipped.CopyTo(plain);
        return plain.ToArray();
    }
}
