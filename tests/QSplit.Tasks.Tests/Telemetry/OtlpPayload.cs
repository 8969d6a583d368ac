namespace QSplit.Tasks.Tests.Telemetry;

/// <summary>A span as it was exported; its attributes as text.</summary>
internal sealed record ExportedSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, bool IsError);

/// <summary>A point of a metric as it was exported: of a sum or a gauge its value, of a histogram the sum of what it was told.</summary>
internal sealed record ExportedPoint(string Metric, string Unit, bool IsMonotonic, double Value, IReadOnlyDictionary<string, string> Attributes);

/// <summary>
/// What is in a body of OpenTelemetry's protocol. The numbers are those of the fields in opentelemetry-proto:
/// collector/trace/v1/trace_service.proto, trace/v1/trace.proto, metrics/v1/metrics.proto, common/v1/common.proto.
/// </summary>
internal static class OtlpPayload
{
    // ExportTraceServiceRequest.resource_spans = 1, ResourceSpans.scope_spans = 2, ScopeSpans.spans = 2; the same for metrics.
    private const int Resources = 1, Scopes = 2, Items = 2;

    /// <summary>Resource = 1 of either, and its attributes = 1.</summary>
    public static IReadOnlyDictionary<string, string> Resource(WireMessage request) => Attributes(request.Messages(Resources).First().Message(1)!, 1);

    public static IEnumerable<ExportedSpan> Spans(WireMessage request) => request.Messages(Resources).SelectMany(r => r.Messages(Scopes)).SelectMany(s => s.Messages(Items)).Select(span =>
        // trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, attributes = 9, status = 15 with code = 3, of which 2 is an error
        new ExportedSpan(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Attributes(span, 9), span.Message(15)?.Number(3) == 2));

    public static IEnumerable<ExportedPoint> Points(WireMessage request) => request.Messages(Resources).SelectMany(r => r.Messages(Scopes)).SelectMany(s => s.Messages(Items)).SelectMany(PointsOf);

    // name = 1, unit = 3, gauge = 5, sum = 7, histogram = 9, each with data_points = 1; Sum.is_monotonic = 3
    private static IEnumerable<ExportedPoint> PointsOf(WireMessage metric)
    {
        var (name, unit) = (metric.Text(1), metric.Text(3));
        if (metric.Message(9) is { } histogram)
            // attributes = 9, sum = 5
            return histogram.Messages(1).Select(p => new ExportedPoint(name, unit, false, BitConverter.UInt64BitsToDouble(p.Number(5)), Attributes(p, 9)));
        var data = (metric.Message(7) ?? metric.Message(5))!;
        // attributes = 7, as_double = 4, as_int = 6 (sfixed64)
        return data.Messages(1).Select(p => new ExportedPoint(
            name, unit, metric.Has(7) && data.Number(3) == 1, p.Has(6) ? (long)p.Number(6) : BitConverter.UInt64BitsToDouble(p.Number(4)), Attributes(p, 7)));
    }

    // KeyValue.key = 1, value = 2; AnyValue.string_value = 1, int_value = 3
    private static Dictionary<string, string> Attributes(WireMessage of, int field) =>
        of.Messages(field).ToDictionary(pair => pair.Text(1), pair => pair.Message(2) is { } value && value.Has(3) ? $"{(long)value.Number(3)}" : pair.Message(2)?.Text(1) ?? "");
}
