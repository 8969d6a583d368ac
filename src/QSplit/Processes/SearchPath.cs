using System.Collections.Immutable;

namespace QSplit.Processes;

/// <summary>The folders in which programs are looked up.</summary>
internal static class SearchPath
{
    /// <summary>Whether a program is in one of the folders of PATH.</summary>
    public static bool Has(ImmutableDictionary<string, string> environment, string program) =>
        environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));
}
