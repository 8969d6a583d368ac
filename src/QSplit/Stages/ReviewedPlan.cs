using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>A plan that was made before, and is to be carried out as it was read (<c>--plan</c>).</summary>
/// <param name="File">Its <c>plan.json</c>, in full; the bucket files lie beside it.</param>
public sealed record ReviewedPlan(string File, Plan Plan)
{
    /// <param name="file">As the command line has it: the file, or the folder that it lies in.</param>
    /// <exception cref="ManifestException">There is no plan, it was changed after it was made, or it is of an earlier version, which had no digest.</exception>
    internal static ReviewedPlan Read(string file, Surroundings around)
    {
        var path = Path.GetFullPath(file, around.Directory);
        if (Directory.Exists(path)) path = Path.Combine(path, PlanFile.Name);
        try
        {
            var plan = PlanFile.ReadFile(path);
            return plan is { Digest: not null, Terms: not null }
                ? new ReviewedPlan(path, plan)
                : throw new ManifestException($"--plan={file}: it has no digest, so that nobody can tell whether it was changed since it was reviewed. Make it anew: --target=Plan");
        }
        catch (StorageException e)
        {
            throw new ManifestException($"--plan={file}: {e.Message}", e);
        }
    }

    /// <summary>Makes sure that the manifest still says what it said when the plan was made.</summary>
    /// <exception cref="ManifestException">It does not.</exception>
    internal void RequireTermsOf(Job job)
    {
        var differences = Terms(Plan.Terms!).DifferencesTo(Terms(job.PlanTerms));
        if (differences.Count > 0)
            throw new ManifestException(
                $"Plan {File} was made under other terms than the manifest has now: {string.Join("; ", differences)}. Make a new plan and have it reviewed (--target=Plan), or put the manifest back.");
    }

    private static RunTerms Terms(PlanTerms terms) => new(terms.Source, terms.Target, terms.Options, terms.Tree);
}
