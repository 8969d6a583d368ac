using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>The cost model of a migration: learned from its earlier runs where there are any.</summary>
internal static class CostHistory
{
    private const int MostRuns = 10;

    public static CostModel Of(Job job, Surroundings around)
    {
        if (!File.Exists(job.Folders.Store)) return CostModel.Default(job.Migration.Balance);
        using var store = RunStore.Open(job.Folders.Store, around.Time);
        return CostLearning.Learn(
            job.Migration.Balance,
            store.RunsOf(job.Migration.Name).Take(MostRuns)
                .SelectMany(run => store.Load(run)!.Buckets.Values)
                // What was mostly there already says what looking costs, not what copying does.
                .Where(b => b is { IsDone: true, Attempts: 1, Moved.Created: > 0 })
                .Select(b => (new Totals(b.Moved.Bytes, b.Moved.Bytes, b.Moved.Created), TimeSpan.FromSeconds(b.Seconds))));
    }
}
