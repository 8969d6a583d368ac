using System.Collections.Immutable;
using System.Globalization;
using QSplit.Errors;
using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Runs;
using QSplit.Scripts;
using QSplit.Transports;

namespace QSplit.Tests.Dummy;

/// <summary>Other controllers, to be killed.</summary>
internal static class Controllers
{
    private static readonly Host Here = new("here", true, 1, null, null, null, null);

    /// <summary>Runs a program fenced on this machine, and passes on what it says.</summary>
    public static Task<int> FenceAsync(int listLength, ImmutableArray<string> program) => RunAsync(Here, listLength, program);

    /// <summary>The same on another machine, by the user, port and configuration for ssh that are named in one word each.</summary>
    public static Task<int> FenceOverAsync(string address, string user, string port, string config, int listLength, ImmutableArray<string> program) =>
        RunAsync(new("there", false, 1, address, user, int.Parse(port, CultureInfo.InvariantCulture), null, config), listLength, program);

    /// <summary>Takes the lock and keeps it for as long as its standard input is open; or says why it cannot be had, and exits 3.</summary>
    public static int Lock(string folder, string words)
    {
        try
        {
            using var held = RunLock.Take(folder, "music", words);
            Console.WriteLine("ready");
            Console.OpenStandardInput().CopyTo(Stream.Null);
            return 0;
        }
        catch (StorageException e)
        {
            Console.WriteLine(e.Message);
            return 3;
        }
    }

    /// <summary>Adds so many events to a run, each of which says its number.</summary>
    public static int Append(string path, string run, int events)
    {
        using var store = RunStore.Open(path, TimeProvider.System);
        store.Append(run, new RunEvent.Started("music", run, new RunTerms("/old", "/new", ""), 1));
        for (var i = 1; i < events; i++) store.Append(run, new RunEvent.Stopped($"{i}"));
        return 0;
    }

    private static async Task<int> RunAsync(Host host, int listLength, ImmutableArray<string> program)
    {
        var environment = ImmutableDictionary<string, string>.Empty.Add("PATH", Environment.GetEnvironmentVariable("PATH")!);
        var supervisor = new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(10));
        await using var hosts = new HostConnections(supervisor, environment, Path.GetTempPath(), TimeProvider.System);
        var body = new ScriptText().Fenced(program, listLength, "a dummy", TimeSpan.FromSeconds(10)).Bytes;
        var end = await hosts.To(host).RunAsync(
            new Script(body, new byte[listLength], true), new Listener(Console.WriteLine, Console.Error.WriteLine, _ => { }), CancellationToken.None);
        if (end.Words.Length > 0) Console.Error.WriteLine(end.Words);
        return end.ExitCode;
    }
}
