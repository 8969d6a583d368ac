using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>One migration out of those that were asked for: pure.</summary>
internal static class SelectMigration
{
    /// <exception cref="ManifestException">It is not among them.</exception>
    public static Job Named(ImmutableArray<Job> jobs, string name) =>
        jobs.FirstOrDefault(job => job.Migration.Name == name)
        ?? throw new ManifestException($"This target is about migration '{name}', which is not among those that the manifest has and the command line asks for: {string.Join(", ", jobs.Select(job => job.Migration.Name))}.");
}
