using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Makes the report of an earlier run or plan again: asks no host, takes no lock, changes nothing but the report.</summary>
internal static class ReportAgain
{
    /// <summary>Of the run or plan that was asked for; of the last run otherwise, whether it copied or not; of the last plan where there is no run.</summary>
    /// <exception cref="ManifestException">The migration has no run or plan of the name that was asked for.</exception>
    /// <exception cref="StorageException">What it is made of cannot be read, or the folder not be written.</exception>
    public static MadeReport Run(Job job, Surroundings around)
    {
        var name = job.Migration.Name;
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        var runs = store?.AllRunsOf(name) ?? [];
        var plans = job.Folders.RunsOf(name).Where(id => !runs.Contains(id) && PlanFile.IsIn(job.Folders.OfRun(id))).ToList();
        var id = job.Request.Run is { } asked ? NamedRun.Of(asked, name, [.. runs, .. plans]) : runs.Concat(plans).FirstOrDefault();
        return id is null ? new(null, StatusOf.Nothing(name, job.Command, around.Time.GetUtcNow()), [])
            : store is not null && runs.Contains(id) ? WriteReport.OfRun(job, id, store, PlanFile.Read, around)
            : WriteReport.OfPlan(new Planned(job, PlanFile.Read(job.Folders.OfRun(id)), id), around);
    }
}
