namespace QSplit.Tasks.Tests.Journeys;

/// <summary>The ways to start the compiled host.</summary>
internal static class Hosts
{
    /// <summary>The host of this build, of the same configuration as the tests.</summary>
    public static string Build { get; } = Of("Build");

    /// <summary>The sample of a project of one's own, likewise.</summary>
    public static string NightlyMusic { get; } = Of("NightlyMusic");

    public const int Nobody = 65534;

    /// <summary>The arguments of setpriv that make whatever follows run without any of root's powers.</summary>
    public static IReadOnlyList<string> AsNobody { get; } = [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--inh-caps=-all"];

    private static string Of(string project) => Path.GetFullPath(
        Path.Combine("..", "..", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), $"{project}.dll"), AppContext.BaseDirectory);
}
