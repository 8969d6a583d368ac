using System.Collections.Immutable;
using QSplit.Tasks.Telemetry;

namespace QSplit.Tasks.Tests.Telemetry;

/// <summary>Where the standard variables say that telemetry goes.</summary>
public sealed class OtlpTargetSpecs
{
    private readonly List<string> _warned = [];

    [Fact]
    public void Without_an_endpoint_nothing_is_exported()
    {
        Traces().ShouldBeNull();
        Traces(("OTEL_EXPORTER_OTLP_ENDPOINT", " ")).ShouldBeNull();
        Traces(("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://127.0.0.1:4318/v1/metrics")).ShouldBeNull();
        _warned.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "True")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public void It_can_be_turned_off(string name, string value)
    {
        Traces(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"), (name, value)).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://127.0.0.1:4317", null, null, false)]
    [InlineData("http://127.0.0.1:4318", null, null, true)]
    [InlineData("https://otlp.example.com", null, null, false)]
    [InlineData("https://otlp.example.com", "http/protobuf", null, true)]
    [InlineData("http://127.0.0.1:4318", "grpc", null, false)]
    [InlineData("http://127.0.0.1:4317", "grpc", "http/protobuf", true)]
    public void It_is_gRPC_unless_a_variable_or_the_port_says_HTTP(string url, string? all, string? own, bool isHttp)
    {
        Traces(("OTEL_EXPORTER_OTLP_ENDPOINT", url), ("OTEL_EXPORTER_OTLP_PROTOCOL", all), ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", own)).ShouldNotBeNull().IsHttp.ShouldBe(isHttp);
    }

    [Fact]
    public void What_a_signal_has_of_its_own_goes_before_what_is_for_all()
    {
        var target = Traces(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.2:4318/traces"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=hunter2"),
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2000"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"));

        target.ShouldBe(new OtlpTarget(new Uri("http://127.0.0.2:4318/traces"), true, true, "authorization=hunter2", 2000, true));
    }

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("127.0.0.1")]
    [InlineData("ftp://mover:hunter2@127.0.0.1")]
    public void What_is_no_URL_is_said_without_repeating_it(string endpoint)
    {
        Traces(("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)).ShouldBeNull();

        _warned.ShouldHaveSingleItem().ShouldBe("OTEL_EXPORTER_OTLP_ENDPOINT is no URL that begins with http:// or https://: nothing is exported to it.");
    }

    private OtlpTarget? Traces(params ReadOnlySpan<(string Name, string? Value)> variables)
    {
        var all = ImmutableDictionary<string, string>.Empty;
        foreach (var (name, value) in variables) if (value is not null) all = all.Add(name, value);
        return OtlpTarget.Of(all, "TRACES", _warned.Add);
    }
}
