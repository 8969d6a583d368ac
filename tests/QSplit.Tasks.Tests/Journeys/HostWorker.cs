using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Spectre.Console;

/// <summary>.NET runs this before the main program of a host that <c>DOTNET_STARTUP_HOOKS</c> names it to: the host becomes a worker.</summary>
#pragma warning disable MA0047 // .NET looks for this very name.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        QSplit.Tasks.Tests.Journeys.HostWorker.Serve();
    }
}

namespace QSplit.Tasks.Tests.Journeys
{
    /// <summary>
    /// The compiled host as a program that runs one command after the other. Most of the time of a short command is that of .NET itself:
    /// to load and compile the same code again. A worker has one command at a time, and its folder, variables and outputs.
    /// </summary>
    internal sealed class HostWorker
    {
        private static readonly ConcurrentBag<HostWorker> Idle = [];
        private readonly Process _process;

        private HostWorker()
        {
            var start = new ProcessStartInfo("dotnet", [Hosts.Build])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            _process = Process.Start(start)!;
        }

        /// <summary>Runs a command of the host to its end.</summary>
        /// <param name="arguments">Of the command line.</param>
        /// <param name="directory">Where it runs.</param>
        /// <param name="variables">Variables that are to be others than those of the test.</param>
        public static async Task<HostResult> RunAsync(IReadOnlyList<string> arguments, string directory, IReadOnlyDictionary<string, string> variables)
        {
            if (!Idle.TryTake(out var worker)) worker = new HostWorker();
            var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
                environment[(string)variable.Key] = (string?)variable.Value;
            CiVariables.TakeOut(environment);
            foreach (var (name, value) in variables) environment[name] = value;
            var result = await worker.AskAsync(new Command(arguments, directory, environment));
            Idle.Add(worker);
            return result;
        }

        /// <summary>Runs the commands that the standard input names, one JSON document per line, until it ends.</summary>
        public static void Serve()
        {
            var main = Assembly.LoadFrom(Environment.GetCommandLineArgs()[0]).EntryPoint!;
            using var answers = Console.Out;
            while (Console.In.ReadLine() is { } line) answers.WriteLine(JsonSerializer.Serialize(Run(main, JsonSerializer.Deserialize<Command>(line)!)));
            Environment.Exit(0);
        }

        private static HostResult Run(MethodInfo main, Command command)
        {
            Directory.SetCurrentDirectory(command.Directory);
            foreach (string name in Environment.GetEnvironmentVariables().Keys)
                if (!command.Variables.ContainsKey(name)) Environment.SetEnvironmentVariable(name, null);
            foreach (var (name, value) in command.Variables) Environment.SetEnvironmentVariable(name, value);
            using var text = new StringWriter();
            using var output = TextWriter.Synchronized(text);
            Console.SetOut(output);
            Console.SetError(output);
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings());
            var exitCode = (int)main.Invoke(null, [command.Arguments.ToArray()])!;
            Directory.SetCurrentDirectory("/");
            return new HostResult(exitCode, HostProcess.WithoutColours(text.ToString()));
        }

        private async Task<HostResult> AskAsync(Command command)
        {
            var cancellationToken = TestContext.Current.CancellationToken;
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command).AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
            string? answer = null;
            try
            {
                answer = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Hang, cancellationToken);
            }
            finally
            {
                if (answer is null) _process.Kill(entireProcessTree: true);
            }
            return JsonSerializer.Deserialize<HostResult>(answer ?? throw new InvalidOperationException("The host ended without an answer."))!;
        }

        private sealed record Command(IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string?> Variables);
    }
}
