using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace QSplit.Tasks.Telemetry;

/// <summary>The export of metrics and traces by OpenTelemetry's protocol, where its standard variables ask for it. Nothing that goes wrong with it concerns a migration.</summary>
internal static class Otlp
{
    /// <param name="host">The name of this machine.</param>
    /// <param name="warn">Told in one line what is wrong.</param>
    /// <returns>To be disposed of at the program's end; null when nothing is asked for, and then OpenTelemetry's assemblies are not loaded.</returns>
    public static IAsyncDisposable? Start(ImmutableDictionary<string, string> variables, string host, TimeProvider time, Action<string> warn)
    {
        var wrong = new HashSet<string>();
        var (traces, metrics) = (OtlpTarget.Of(variables, "TRACES", line => wrong.Add(line)), OtlpTarget.Of(variables, "METRICS", line => wrong.Add(line)));
        foreach (var line in wrong) warn(line);
        if (traces is null && metrics is null) return null;
        try
        {
            return Export(traces, metrics, host, time, warn);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // Not in its own words, which may have headers in them.
            warn($"Nothing is exported: OpenTelemetry does not take what its variables say ({e.GetType().Name}). Look at OTEL_EXPORTER_OTLP_HEADERS first: name=value, separated by commas.");
            return null;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport Export(OtlpTarget? traces, OtlpTarget? metrics, string host, TimeProvider time, Action<string> warn) => new(traces, metrics, host, time, warn);
}
