using QSplit.Partitioning;
using QSplit.Reports;

namespace QSplit.Stages;

/// <summary>What came before a plan.</summary>
internal static class PlanHistory
{
    /// <summary>The last plan of the same tree before <paramref name="run"/>, and what is different since; null without one that can be compared.</summary>
    public static LastPlan? Before(string run, Plan plan, Job job)
    {
        foreach (var earlier in job.Folders.RunsOf(job.Migration.Name).SkipWhile(id => id != run).Skip(1))
        {
            // One of changes says nothing of the rest of the tree.
            if (PlanFile.ReadHead(job.Folders.OfRun(earlier)) is not { Scope: PlanScope.Whole } last) continue;
            // The newest one tells: one of another tree says nothing, and what was before that is long ago.
            return IsOfTheSameTree(last, plan) ? new LastPlan(earlier, PlanDifference.Between(last.Outline, plan.Outline)) : null;
        }
        return null;
    }

    private static bool IsOfTheSameTree(Plan last, Plan plan) =>
        last.Source == plan.Source && last.Terms?.Tree == plan.Terms?.Tree && !last.Outline.Directories.IsEmpty;
}
