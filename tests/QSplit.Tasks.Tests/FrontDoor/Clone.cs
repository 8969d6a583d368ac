using System.Diagnostics;
using System.Text;
using QSplit.Tasks.Tests.Journeys;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.FrontDoor;

/// <summary>This repository as a new user gets it: all that git knows of, in an empty folder, with nothing built.</summary>
public sealed class Clone : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Clone()
    {
        var root = Above(AppContext.BaseDirectory);
        foreach (var file in Tool.Read("git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!File.Exists(Path.Combine(root, file))) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(this[file])!);
            File.Copy(Path.Combine(root, file), this[file]);
        }
    }

    /// <summary>A file of it.</summary>
    public string this[string name] => Path.Combine(_folder.Path, name);

    /// <summary>Runs a line as a person types it at the root of the clone.</summary>
    public (int ExitCode, string Said) Type(string line, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        CiVariables.TakeOut(start.Environment);
        // The same sources were analyzed when these tests were built; here they are to compile.
        start.Environment["RunAnalyzers"] = "false";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = new StringBuilder();
        process.OutputDataReceived += (_, e) => Add(said, e.Data);
        process.ErrorDataReceived += (_, e) => Add(said, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Hang))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{line} did not end: {said}");
        }
        process.WaitForExit();
        return (process.ExitCode, said.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static void Add(StringBuilder said, string? line)
    {
        lock (said) said.AppendLine(line);
    }

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "QSplit.slnx")) ? directory : Above(Path.GetDirectoryName(directory)!);
}
