using System.Collections;
using System.Collections.Immutable;
using QSplit.Processes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Tasks.Ci;
using QSplit.Tasks.Telemetry;
using QSplit.Tasks.Views;
using QSplit.Transports;
using Spectre.Console;

namespace QSplit.Tasks;

/// <summary>Where the program touches the world: clock, environment, this process. Everything else is handed it.</summary>
internal static class Edge
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static TimeProvider Time => TimeProvider.System;

    public static ImmutableDictionary<string, string> Variables =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToImmutableDictionary(e => (string)e.Key, e => (string)e.Value!);

    /// <param name="warnings">Where warnings go that are to be seen at every verbosity.</param>
    public static ClusterConnector Connector(TextWriter warnings) => new(Time, Variables.GetValueOrDefault("HOME"), warnings.WriteLine);

    /// <summary>The ways to hosts; whoever made them ends them.</summary>
    public static HostConnections Hosts() => new(new Supervisor(Time, Grace), Variables, Path.GetTempPath(), Time);

    /// <summary>The export of metrics and traces; null where nobody asks for it. Whoever started it ends it.</summary>
    /// <param name="warnings">As for <see cref="Connector"/>.</param>
    public static IAsyncDisposable? Telemetry(TextWriter warnings) => Otlp.Start(Variables, Environment.MachineName, Time, warnings.WriteLine);

    /// <summary>The way to webhooks; whoever made it ends it.</summary>
    public static Webhooks Webhooks() => new(Time, Grace, TimeSpan.FromSeconds(1));

    public static Surroundings Surroundings(string directory, IAnsiConsole console, ClusterConnector clusters, HostConnections hosts, Reloads reloads, Webhooks webhooks) => new(
        Time,
        Variables,
        directory,
        $"process {Environment.ProcessId} on {Environment.MachineName}, since {Time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC",
        View(console, Time),
        clusters.Connections,
        hosts,
        reloads,
        webhooks.PostAsync);

    /// <param name="log">Where GitHub reads commands.</param>
    public static WorkflowLog WorkflowLog(TextWriter log) =>
        new(Variables.GetValueOrDefault("GITHUB_ACTIONS") == "true" ? log : null, Guid.NewGuid().ToString("N"));

    public static StepSummary StepSummary(TextWriter warnings) => new(Variables.GetValueOrDefault("GITHUB_STEP_SUMMARY"), warnings.WriteLine);

    /// <summary>The folder that a CI job has the repository in; null outside of one.</summary>
    public static string? Checkout => Variables.GetValueOrDefault("GITHUB_WORKSPACE") ?? Variables.GetValueOrDefault("CI_PROJECT_DIR");

    private static IRunView View(IAnsiConsole console, TimeProvider time) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
            ? new LiveView(console)
            : new PlainView(time, text => console.Profile.Out.Writer.WriteLine(text));
}
