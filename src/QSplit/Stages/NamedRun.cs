using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>The run that <c>--run</c> means.</summary>
internal static class NamedRun
{
    private const int MostNamed = 10;

    /// <param name="asked">An id, or its stamp alone.</param>
    /// <param name="known">The ids that there are, the newest first.</param>
    /// <exception cref="ManifestException">It is none of them.</exception>
    public static string Of(string asked, string migration, IReadOnlyList<string> known)
    {
        var id = asked.Contains('/', StringComparison.Ordinal) ? asked : $"{migration}/{asked}";
        if (known.Contains(id)) return id;
        var last = known.Count == 0 ? "It has none yet" : $"Its last are {string.Join(", ", known.Take(MostNamed))}";
        throw new ManifestException($"--run asks for run '{asked}', which migration {migration} does not have. {last}.");
    }
}
