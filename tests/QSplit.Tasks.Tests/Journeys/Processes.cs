using System.Text;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>What runs on this machine.</summary>
internal static class Processes
{
    /// <summary>The command lines that have a path in them: the rsyncs of a migration, known by its target, and the shells around them.</summary>
    public static IReadOnlyList<string> With(string path) =>
    [
        .. All().Select(CommandLine).Where(line => line.Contains(path, StringComparison.Ordinal)),
    ];

    /// <summary>Waits until no process has the path among its arguments.</summary>
    public static Task ShouldEndAsync(string path) => Patience.UntilAsync(() => With(path).Count == 0, $"no process with {path} among its arguments");

    /// <summary>Waits until no process works in the directory.</summary>
    /// <remarks>A script's last sleep between two signs of life may outlive the script by half a minute. It does nothing.</remarks>
    public static Task ShouldLeaveAsync(string directory) =>
        Patience.UntilAsync(() => !All().Any(process => WorkingDirectory(process) == directory && Read(process, "comm") != "sleep\n"), $"no process works in {directory}");

    private static IEnumerable<string> All() => Directory.EnumerateDirectories("/proc").Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]));

    private static string? WorkingDirectory(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string CommandLine(string process) => Read(process, "cmdline").Replace('\0', ' ');

    private static string Read(string process, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
