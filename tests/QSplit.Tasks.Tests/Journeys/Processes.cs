using System.Text;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>What runs on this machine.</summary>
internal static class Processes
{
    /// <summary>The command lines that have a path in them: the rsyncs of a migration, known by its target, and the shells around them.</summary>
    public static IReadOnlyList<string> With(string path) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]))
            .Select(CommandLine)
            .Where(line => line.Contains(path, StringComparison.Ordinal)),
    ];

    /// <summary>Waits until none is left; a test fails when that takes ten seconds.</summary>
    public static async Task ShouldEndAsync(string path)
    {
        await Patience.UntilAsync(() => With(path).Count == 0, $"no process with {path} among its arguments");
    }

    private static string CommandLine(string directory)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(directory, "cmdline"))).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
