using System.Text.RegularExpressions;

namespace QSplit.Reports;

/// <summary>Command lines in messages.</summary>
internal static partial class CommandText
{
    /// <summary>The command line of another target for the same migration.</summary>
    /// <param name="command">One that has <c>--target=</c>.</param>
    public static string For(string target, string command) =>
        Target().Replace(command, $"--target={target}").Replace(" --repair", "", StringComparison.Ordinal);

    /// <summary>The target of a command line; empty where it names none.</summary>
    public static string TargetOf(string command) => Target().Match(command) is { Success: true } found ? found.Value["--target=".Length..] : "";

    [GeneratedRegex("--target=[A-Za-z]+", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Target();
}
