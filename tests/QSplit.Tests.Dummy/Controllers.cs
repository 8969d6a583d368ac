using System.Collections.Immutable;
using QSplit.Errors;
using QSplit.Processes;
using QSplit.Runs;

namespace QSplit.Tests.Dummy;

/// <summary>Other controllers, to be killed.</summary>
internal static class Controllers
{
    /// <summary>Runs a program fenced, and passes on what it says.</summary>
    public static async Task<int> FenceAsync(int listLength, ImmutableArray<string> program)
    {
        var environment = ImmutableDictionary<string, string>.Empty.Add("PATH", Environment.GetEnvironmentVariable("PATH")!);
        var supervisor = new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(10));
        var result = await supervisor.RunAsync(
            Fence.Around(program, new byte[listLength], environment), Console.WriteLine, Console.Error.WriteLine, CancellationToken.None);
        return result.ExitCode;
    }

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
}
