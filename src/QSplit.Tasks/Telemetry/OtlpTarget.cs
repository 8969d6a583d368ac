using System.Collections.Immutable;

namespace QSplit.Tasks.Telemetry;

/// <summary>Where one signal (metrics or traces) is exported to, by the standard variables. Those that are not here, the SDK reads itself.</summary>
/// <param name="Url">As the variable has it.</param>
/// <param name="IsOwn">Whether the variable is the signal's own: then its URL is used as it is, otherwise /v1/traces or /v1/metrics goes behind it.</param>
/// <param name="IsHttp">HTTP with protobuf bodies; gRPC otherwise.</param>
/// <param name="Headers">The signal's own; null for those of all signals. Secret.</param>
/// <param name="Timeout">The signal's own, in ms; null for that of all signals.</param>
/// <param name="Compresses">The signal's own; null for that of all signals.</param>
internal sealed record OtlpTarget(Uri Url, bool IsOwn, bool IsHttp, string? Headers, int? Timeout, bool? Compresses)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const int HttpPort = 4318;

    /// <param name="signal">METRICS or TRACES.</param>
    /// <param name="warn">Told in one line why nothing is exported although it was asked for.</param>
    /// <returns>Null when the signal is not to be exported.</returns>
    /// <remarks>https://opentelemetry.io/docs/specs/otel/protocol/exporter/ and https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</remarks>
    public static OtlpTarget? Of(ImmutableDictionary<string, string> variables, string signal, Action<string> warn)
    {
        string? Value(string name) => variables.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        string? Own(string name) => Value($"{Prefix}{signal}_{name}");
        bool Is(string name, string value) => string.Equals(Value(name), value, StringComparison.OrdinalIgnoreCase);

        if (Is("OTEL_SDK_DISABLED", "true") || Is($"OTEL_{signal}_EXPORTER", "none")) return null;
        var own = Own("ENDPOINT");
        if ((own ?? Value($"{Prefix}ENDPOINT")) is not { } endpoint) return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            // Not in its own words: a URL may have a password in it.
            warn($"{Prefix}{(own is null ? "" : $"{signal}_")}ENDPOINT is no URL that begins with http:// or https://: nothing is exported to it.");
            return null;
        }
        return new OtlpTarget(
            url,
            own is not null,
            // As with every .NET program it is gRPC unless something says otherwise; here the port that is registered for HTTP says so, too.
            (Own("PROTOCOL") ?? Value($"{Prefix}PROTOCOL")) is { } protocol ? protocol.StartsWith("http/", StringComparison.OrdinalIgnoreCase) : url.Port == HttpPort,
            Own("HEADERS"),
            int.TryParse(Own("TIMEOUT"), out var timeout) ? timeout : null,
            Own("COMPRESSION") is { } compression ? compression.Equals("gzip", StringComparison.OrdinalIgnoreCase) : null);
    }
}
