using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Looks at a run from outside: asks no host, takes no lock, changes nothing.</summary>
internal static class ReadStatus
{
    private const int MostNamed = 10;

    /// <exception cref="ManifestException">The migration has no run of the name that was asked for.</exception>
    public static RunStatus Run(Job job, Surroundings around)
    {
        var name = job.Migration.Name;
        using var store = File.Exists(job.Folders.Store) ? RunStore.Open(job.Folders.Store, around.Time) : null;
        var runs = store?.RunsOf(name) ?? [];
        var id = job.Request.Run is { } asked ? Asked(asked, name, runs) : runs is [var last, ..] ? last : null;
        if (store is null || id is null) return StatusOf.Nothing(name, job.Command, around.Time.GetUtcNow());
        var folder = job.Folders.OfRun(id);
        // What the controller said is read before the events: what ends in between is seen to have ended.
        var said = ProgressFile.Read(folder);
        return StatusOf.Run(name, store.Load(id)!, PlanIn(folder), said, folder, id == runs[0] ? job.Command : null, around.Time.GetUtcNow());
    }

    private static string Asked(string asked, string migration, IReadOnlyList<string> runs)
    {
        var id = asked.Contains('/', StringComparison.Ordinal) ? asked : $"{migration}/{asked}";
        if (runs.Contains(id)) return id;
        var known = runs.Count == 0 ? "It has none yet" : $"Its last are {string.Join(", ", runs.Take(MostNamed))}";
        throw new ManifestException($"--run asks for run '{asked}', which migration {migration} does not have. {known}.");
    }

    // That it is gone or damaged is worth a word, and no reason to say nothing of the run.
    private static Plan? PlanIn(string folder)
    {
        try
        {
            return PlanFile.Read(folder);
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
