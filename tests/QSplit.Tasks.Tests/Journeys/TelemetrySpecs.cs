using QSplit.Tasks.Tests.Telemetry;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>What a collector hears of a migration, and what a migration feels of a collector.</summary>
public sealed class TelemetrySpecs
{
    private const string Secret = "hunter2-of-the-collector";

    [Theory(Timeout = HangLimit)]
    [InlineData("http/protobuf", "gzip")]
    [InlineData("grpc", "none")]
    public async Task A_collector_hears_the_metrics_and_the_traces_of_a_migration(string protocol, string compression)
    {
        Needs.Rsync();
        await using var collector = await Collector.StartAsync(protocol == "grpc");
        using var site = SiteWithReels();
        site.SetVariable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url);
        site.SetVariable("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        site.SetVariable("OTEL_EXPORTER_OTLP_COMPRESSION", compression);
        site.SetVariable("OTEL_EXPORTER_OTLP_HEADERS", $"authorization={Secret}");
        site.SetVariable("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=a test");

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldNotContain("Telemetry");
        run.Output.ShouldNotContain(Secret);
        collector.Heard.ShouldAllBe(heard => heard.Authorization == Secret);
        var resource = OtlpPayload.Resource(collector.Heard[0].Body);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("service.name", "qsplit"), ("service.version", "0.1.0"), ("host.name", Environment.MachineName), ("deployment.environment.name", "a test")])
            resource[name].ShouldBe(value);

        var moved = site.History.Events.Where(e => e.Kind == "attemptEnded").ToList();
        var points = collector.Points;
        SumOf(points, "qsplit.bytes").ShouldBe(moved.Sum(e => e.Bytes!.Value));
        SumOf(points, "qsplit.files").ShouldBe(24);
        SumOf(points, "qsplit.attempts").ShouldBe(moved.Count);
        points.Where(p => p.Metric == "qsplit.buckets" && p.Value != 0).Select(p => (p.Attributes["qsplit.bucket.state"], p.Value)).ShouldBe([("done", 6.0)]);
        points.Single(p => p.Metric == "qsplit.bytes" && p.Attributes["qsplit.pass"] == "baseline").ShouldSatisfyAllConditions(p => p.Unit.ShouldBe("By"), p => p.IsMonotonic.ShouldBeTrue());
        points.ShouldAllBe(p => p.Attributes["qsplit.migration"] == "demo" && p.Attributes["qsplit.run"].StartsWith("demo/", StringComparison.Ordinal));

        var spans = collector.Spans;
        spans.Select(s => s.Trace).Distinct().ShouldHaveSingleItem();
        spans.ShouldAllBe(s => !s.IsError);
        string ParentOf(ExportedSpan span) => spans.SingleOrDefault(other => other.Id == span.Parent)?.Name ?? "";
        ParentOf(spans.Single(s => s.Name == "Migrate")).ShouldBe("");
        ParentOf(spans.Single(s => s.Name == "Run")).ShouldBe("Migrate");
        foreach (var stage in (string[])["Open", "Dispatch", "Seal", "Report"]) ParentOf(spans.Single(s => s.Name == stage)).ShouldBe("Run", stage);
        spans.Where(s => s.Name == "Bucket").Select(s => (s.Attributes["qsplit.bucket"], ParentOf(s))).Order().ShouldBe(Enumerable.Range(1, 6).Select(n => ($"{n}", "Dispatch")));
        spans.Where(s => s.Name == "Attempt").GroupBy(ParentOf).Select(g => (g.Key, g.Count())).Order().ShouldBe([("Bucket", 6), ("Open", 1), ("Seal", 1)]);
        spans.Where(s => s.Name == "Attempt" && ParentOf(s) == "Bucket").ShouldAllBe(s => spans.Single(b => b.Id == s.Parent).Attributes["qsplit.bucket"] == s.Attributes["qsplit.bucket"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("nobody is there")]
    [InlineData("it is overloaded")]
    [InlineData("it never answers")]
    public async Task A_collector_that_is_ill_is_said_once_and_hinders_nothing(string how)
    {
        Needs.Rsync();
        await using var collector = await Collector.StartAsync(refuses: async context =>
        {
            context.Response.StatusCode = 503;
            if (how == "it never answers") await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        });
        using var site = SiteWithReels();
        site.SetVariable("OTEL_EXPORTER_OTLP_ENDPOINT", how == "nobody is there" ? "http://127.0.0.1:9" : collector.Url);
        site.SetVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        site.SetVariable("OTEL_EXPORTER_OTLP_HEADERS", $"authorization={Secret}");

        using var host = site.Start("--target=Migrate");
        await host.SaysAsync("demo: All is done.");
        var run = await host.EndAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.Differences().ShouldBeEmpty();
        run.Output.Split('\n').Count(line => line.Contains("Telemetry does not all arrive at http://127.0.0.1:", StringComparison.Ordinal)).ShouldBe(1, run.Output);
        run.Output.ShouldNotContain(Secret);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_the_variables_nothing_of_OpenTelemetry_is_even_loaded()
    {
        using var site = SiteWithReels();
        using var cluster = await Emulated.StartAsync(site);

        var loaded = await File.ReadAllTextAsync($"/proc/{cluster.Host.Id}/maps", TestContext.Current.CancellationToken);

        loaded.ShouldContain("/QSplit.Tasks.dll");
        loaded.ShouldNotContain("OpenTelemetry");
    }

    private static double SumOf(IEnumerable<ExportedPoint> points, string metric) => points.Where(p => p.Metric == metric).Sum(p => p.Value);

    private static Site SiteWithReels()
    {
        var site = new Site();
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 6}/take-{i % 6}", 20_000 + (1_000 * i));
        site.WriteManifest(2, "buckets: 6");
        return site;
    }
}
