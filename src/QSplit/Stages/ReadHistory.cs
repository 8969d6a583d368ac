using System.Collections.Immutable;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>The last runs over all migrations that were asked for, in brief: their plans are not read.</summary>
internal static class ReadHistory
{
    private const int Most = 10;

    /// <returns>The newest first.</returns>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public static ImmutableArray<PastRun> Run(ImmutableArray<Job> jobs, Surroundings around)
    {
        using var store = jobs.IsEmpty ? null : RunStore.OpenIfThere(jobs[0].Folders.Store, around.Time);
        if (store is null) return [];
        var byName = jobs.DistinctBy(job => job.Migration.Name).ToDictionary(job => job.Migration.Name);
        return
        [
            .. store.AllRunsOf(byName.Keys).Take(Most)
                .Select(id => RunReading.Of(byName[id[..id.LastIndexOf('/')]], id, store, _ => null, around))
                .Select(read => new PastRun(read.Status, read.Events[^1].At)),
        ];
    }
}
