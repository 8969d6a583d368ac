using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using QSplit.Processes;

namespace QSplit.Tests;

/// <summary>The dummy executable, which does badly whatever a program can do badly. Run by this process's own .NET, with next to no environment.</summary>
internal static class DummyProgram
{
    private static readonly string Host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "QSplit.Tests.Dummy.dll");

    public static ImmutableDictionary<string, string> Environment { get; } =
        ImmutableDictionary<string, string>.Empty.Add("PATH", System.Environment.GetEnvironmentVariable("PATH")!);

    /// <summary>What to start, for those who start it themselves.</summary>
    public static ImmutableArray<string> Line(params IEnumerable<string> words) => [Host, Assembly, .. words];

    public static Command Command(params IEnumerable<string> words) => new(Host, [Assembly, .. words], default, false, Environment);

    /// <summary>Started beside this one, its output to be read as it comes.</summary>
    public static Process Start(params IEnumerable<string> words) =>
        Process.Start(new ProcessStartInfo(Host, [Assembly, .. words]) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false })!;
}
