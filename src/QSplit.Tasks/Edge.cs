using System.Collections;
using System.Collections.Immutable;
using QSplit.Processes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Tasks.Views;
using Spectre.Console;

namespace QSplit.Tasks;

/// <summary>Where the program touches the world: clock, environment, this process. Everything else is handed it.</summary>
internal static class Edge
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static Surroundings Surroundings(string directory, IAnsiConsole console)
    {
        var time = TimeProvider.System;
        var now = time.GetUtcNow();
        return new Surroundings(
            time,
            Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToImmutableDictionary(e => (string)e.Key, e => (string)e.Value!),
            directory,
            $"process {Environment.ProcessId} on {Environment.MachineName}, since {now:yyyy-MM-dd HH:mm:ss} UTC",
            new Supervisor(time, Grace),
            View(console, time));
    }

    private static IRunView View(IAnsiConsole console, TimeProvider time) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
            ? new LiveView(console)
            : new PlainView(time, text => console.Profile.Out.Writer.WriteLine(text));
}
