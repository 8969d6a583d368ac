using System.Collections.Immutable;
using QSplit.Processes;

namespace QSplit.Emulator.Directories;

/// <summary>Copies and removes directories with the system's own programs: they know links, holes, special files and names that are not text.</summary>
internal sealed class Copier(Supervisor supervisor)
{
    private static readonly ImmutableDictionary<string, string> Environment =
        ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin").Add("LC_ALL", "C");

    /// <summary>Copies a directory with all that is in it but its own <c>.snapshot</c>; what vanishes meanwhile is left out.</summary>
    /// <param name="to">Made here; its time of change is left to the caller.</param>
    /// <exception cref="StorageException">Something could not be copied.</exception>
    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        await RunAsync($"Copying {from} to {to}", "find",
            [from, "-mindepth", "1", "-maxdepth", "1", "!", "(", "-name", RealDirectory.Hidden, "-type", "d", ")", "-exec", "cp", "-a", "--reflink=auto", "-t", to, "--", "{}", "+"],
            cancellationToken);
        await RunAsync($"Copying the owner of {from}", "chown", [$"--reference={from}", "--", to], cancellationToken);
        await RunAsync($"Copying the mode of {from}", "chmod", [$"--reference={from}", "--", to], cancellationToken);
    }

    /// <summary>Removes a directory, read-only ones in it too; nothing happens when it is not there.</summary>
    public async Task RemoveAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory)) return;
        await RunAsync($"Making {directory} writable", "find", [directory, "-type", "d", "!", "-perm", "-u+rwx", "-exec", "chmod", "u+rwx", "--", "{}", "+"], cancellationToken);
        await RunAsync($"Removing {directory}", "rm", ["-rf", "--", directory], cancellationToken);
    }

    private async Task RunAsync(string what, string program, ImmutableArray<string> arguments, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var result = await supervisor.RunAsync(new(program, arguments, default, HoldInput: false, Environment), _ => { }, Keep, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.ExitCode != 0 && (problems.Count > 0 || program != "find"))
            throw new StorageException($"{what}: {program} exited {result.ExitCode}{(problems.Count > 0 ? $", first {problems[0]}" : "")}. Is there room, and may this user read and write there?");

        void Keep(string line)
        {
            lock (problems)
            {
                if (!Vanished(line) && problems.Count < 10) problems.Add(line);
            }
        }
    }

    // A directory that was moved meanwhile is met twice, and copied once.
    private static bool Vanished(string line) =>
        line.EndsWith("No such file or directory", StringComparison.Ordinal) || line.EndsWith("Not a directory", StringComparison.Ordinal)
        || line.Contains("as it was replaced while being copied", StringComparison.Ordinal) || line.Contains("will not create hard link", StringComparison.Ordinal);
}
