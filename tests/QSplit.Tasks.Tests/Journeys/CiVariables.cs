namespace QSplit.Tasks.Tests.Journeys;

/// <summary>What tells a program that it runs in a job of GitHub or GitLab: the tests may, what they start does only where they say so.</summary>
internal static class CiVariables
{
    private static readonly string[] Prefixes = ["GITHUB_", "GITLAB_", "CI_"];

    public static void TakeOut(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
            environment.Remove(name);
    }
}
