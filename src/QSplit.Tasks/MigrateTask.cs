using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Migrate")]
[TaskDescription("Copies the trees of the manifest; goes on where it stopped. --manifest --migration --hosts --buckets --fresh")]
public sealed class MigrateTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var summaries = await context.RunAsync(context.Request | context.Pipeline.Migrate);
        foreach (var summary in summaries) context.Summarize(summary.ReportPath);
        var left = summaries.Where(s => !s.Run.IsFinished).ToList();
        if (left.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, left.Select(LeftOf)));
    }

    private static string LeftOf(RunSummary summary) => $"Migration {summary.Plan.Migration} is not finished. {summary.HowToGoOn}";
}
