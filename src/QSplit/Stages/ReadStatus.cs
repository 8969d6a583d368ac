using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Looks at a run from outside: asks no host, changes nothing.</summary>
internal static class ReadStatus
{
    /// <exception cref="ManifestException">The migration has no run of the name that was asked for.</exception>
    public static RunStatus Run(Job job, Surroundings around)
    {
        var name = job.Migration.Name;
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        var id = job.Request.Run is { } asked ? NamedRun.Of(asked, name, store?.AllRunsOf(name) ?? []) : store?.LastWorkOf(name);
        var controller = RunLock.HolderIn(job.Folders.OfMigration(name));
        if (store is null || id is null) return StatusOf.Nothing(name, job.Command, around.Time.GetUtcNow(), controller);
        var status = RunReading.Of(job, id, store, PlanIn, around).Status;
        // An earlier run that somebody asks about is not what the controller works on.
        return job.Request.Run is null ? StatusOf.Busy(status, controller) : status;
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
