using System.Diagnostics;
using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using QSplit.Tasks.Tests.Host;

namespace QSplit.Tasks.Tests;

/// <summary>What a run of the sample tasks came to.</summary>
internal sealed record SampleRun(int ExitCode, IReadOnlyList<string> Journal, string Output)
{
    /// <summary>Runs the sample tasks in this process; <paramref name="configure"/> may add to the host.</summary>
    public static Task<SampleRun> OfAsync(Action<CakeHost> configure, params string[] args)
    {
        var journal = new Journal();
        var console = new RecordedConsole();
        var host = SampleHost.Create(journal)
            .AddAssembly(typeof(Fetch).Assembly)
            .ConfigureServices(services => services.AddSingleton<IConsole>(console).AddSingleton(console.Ansi));
        configure(host);
        return Task.Run(
            () => new SampleRun(host.Run(args), journal.Lines, console.Text),
            TestContext.Current.CancellationToken);
    }

    public static Task<SampleRun> OfAsync(params string[] args) => OfAsync(_ => { }, args);

    /// <summary>Runs the sample host as a program of its own, in <paramref name="directory"/>.</summary>
    public static async Task<SampleRun> OfProgramAsync(string directory, params string[] args)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "QSplit.Tasks.Tests.Host"), args)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var lines = (await output).Split('\n');
        const string Prefix = "journal: ";
        return new SampleRun(
            process.ExitCode,
            [.. lines.Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => line[Prefix.Length..])],
            await output + await error);
    }
}
