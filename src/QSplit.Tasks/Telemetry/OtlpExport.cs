using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace QSplit.Tasks.Telemetry;

/// <summary>Sends metrics and traces to a collector for as long as it lives. Only this file knows OpenTelemetry's SDK, whose assemblies are loaded when it is first used.</summary>
internal sealed class OtlpExport : IAsyncDisposable
{
    private const string Service = "qsplit";
    private const string Source = "QSplit";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;
    private readonly OtlpTrouble _trouble;
    private readonly TimeProvider _time;

    /// <param name="traces">Null for none.</param>
    /// <param name="metrics">Null for none.</param>
    /// <param name="host">The name of this machine.</param>
    /// <param name="warn">Told once when something does not arrive.</param>
    public OtlpExport(OtlpTarget? traces, OtlpTarget? metrics, string host, TimeProvider time, Action<string> warn)
    {
        _time = time;
        _trouble = new OtlpTrouble(string.Join(" and ", new[] { traces, metrics }.OfType<OtlpTarget>().Select(t => t.Url.GetLeftPart(UriPartial.Authority)).Distinct()), warn);
        if (traces is not null)
            _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(r => Describe(r, host)).AddSource(Source).AddOtlpExporter(o => Configure(o, traces)).Build();
        if (metrics is not null)
            _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(r => Describe(r, host)).AddMeter(Source).AddOtlpExporter(o => Configure(o, metrics)).Build();
    }

    /// <summary>Sends what was not sent yet, for some seconds at most: nobody waits for a collector that does not answer.</summary>
    public async ValueTask DisposeAsync()
    {
        var limit = (int)Grace.TotalMilliseconds;
        var last = Task.WhenAll(Task.Run(() => _traces?.Shutdown(limit) ?? true), Task.Run(() => _metrics?.Shutdown(limit) ?? true));
        // The providers stop to wait at about the same time, and only say whether all was sent.
        var isSent = await Task.WhenAny(last, Task.Delay(Grace, _time)) == last && (await last).All(sent => sent);
        if (!isSent) _trouble.Say("no answer in time");
        else
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }
        _trouble.Dispose();
    }

    // The variables come last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    private static void Describe(ResourceBuilder resource, string host) => resource
        .Clear()
        .AddTelemetrySdk()
        .AddService(Service, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3))
        .AddAttributes([new("host.name", host)])
        .AddEnvironmentVariableDetector();

    private static void Configure(OtlpExporterOptions options, OtlpTarget target)
    {
        options.Protocol = target.IsHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // Set in code, a URL is used as it is.
        if (target.IsOwn) options.Endpoint = target.Url;
        if (target.Headers is { } headers) options.Headers = headers;
        if (target.Timeout is { } timeout) options.TimeoutMilliseconds = timeout;
        if (target.Compresses is { } compresses) options.Compression = compresses ? OtlpExportCompression.GZip : OtlpExportCompression.None;
    }
}
