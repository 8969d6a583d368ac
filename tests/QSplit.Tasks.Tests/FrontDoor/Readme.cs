namespace QSplit.Tasks.Tests.FrontDoor;

/// <summary>What the README tells a person to type.</summary>
internal static class Readme
{
    /// <summary>Where this repository is.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The README of this repository.</summary>
    public static string Own => Path.Combine(Root, "README.md");

    /// <summary>The calls of <c>./build.sh</c> in its shell blocks, in order, without their comments.</summary>
    public static IEnumerable<string> Commands(string path) =>
        Blocks(path, "sh").SelectMany(block => block.Split('\n'))
            .Where(line => line.StartsWith("./build.sh", StringComparison.Ordinal))
            .Select(line => line.Split('#')[0].Trim());

    /// <summary>The fenced blocks of a language.</summary>
    public static IEnumerable<string> Blocks(string path, string language) =>
        File.ReadAllText(path).Split($"```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "QSplit.slnx")) ? directory : Above(Path.GetDirectoryName(directory)!);
}
