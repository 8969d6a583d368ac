using System.Diagnostics;
using System.Text;

namespace QSplit.Testing;

/// <summary>One sshd, which listens when it has been made.</summary>
internal sealed class Sshd : IDisposable
{
    private readonly HashSet<int> _connections = [];
    private readonly Process _listener;

    public Sshd(string config)
    {
        // Only a path in full will do for sshd: it starts itself anew for each connection.
        _listener = Process.Start(new ProcessStartInfo(Program!, ["-D", "-e", "-f", config]) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false })!;
        var said = new StringBuilder();
        var listens = false;
        while (!listens && _listener.StandardError.ReadLine() is { } line)
        {
            said.AppendLine(line);
            listens = line.StartsWith("Server listening on ", StringComparison.Ordinal);
        }
        if (!listens) throw new InvalidOperationException($"sshd does not start: {said}");

        // What it says later has to be read, or it would wait for ever to say it.
        _ = _listener.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public static string? Program { get; } = ((string[])["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd", "/usr/bin/sshd"]).FirstOrDefault(File.Exists);

    public bool IsListening => !_listener.HasExited;

    /// <summary>One process for each connection: the listener's own children.</summary>
    public IReadOnlyList<int> Connections()
    {
        if (IsListening) _connections.UnionWith(Parents().Where(p => p.Value == _listener.Id).Select(p => p.Key));
        var alive = Parents();
        return [.. _connections.Where(alive.ContainsKey)];
    }

    public void KillListener()
    {
        Connections();
        _listener.Kill();
        _listener.WaitForExit();
    }

    /// <summary>Kills the listener, and all that came of it.</summary>
    public void Kill()
    {
        if (IsListening) KillListener();
        var parents = Parents();
        var all = new HashSet<int>(_connections.Where(parents.ContainsKey));
        while (parents.Where(p => all.Contains(p.Value) && !all.Contains(p.Key)).Select(p => p.Key).ToList() is { Count: > 0 } more) all.UnionWith(more);
        foreach (var process in all) Kill(process);
        _connections.Clear();
    }

    public void Dispose()
    {
        Kill();
        _listener.Dispose();
    }

    public static void Kill(int process) => Tool.Run("kill", "-9", $"{process}");

    /// <summary>All processes that have a text in their environment, except zombies.</summary>
    public static IReadOnlyList<int> WithInEnvironment(string text) =>
        [.. Parents().Keys.Where(process => Read($"/proc/{process}/environ").AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)];

    public static string CommandLine(int process) => Encoding.UTF8.GetString(Read($"/proc/{process}/cmdline")).Replace('\0', ' ');

    private static Dictionary<int, int> Parents() => Directory.EnumerateDirectories("/proc")
        .Select(folder => (Process: Path.GetFileName(folder), Stat: char.IsAsciiDigit(Path.GetFileName(folder)[0]) ? Encoding.UTF8.GetString(Read($"{folder}/stat")) : ""))
        .Where(p => p.Stat.Length > 0)
        .Select(p => (p.Process, Words: p.Stat[(p.Stat.LastIndexOf(')') + 2)..].Split(' ')))
        .Where(p => p.Words[0] is not ("Z" or "X"))
        .ToDictionary(p => int.Parse(p.Process), p => int.Parse(p.Words[1]));

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
