using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Plan")]
[TaskDescription("Cuts the trees into buckets; writes plan.json and bucket files, copies nothing. --manifest --migration --hosts --buckets")]
public sealed class PlanTask : AsyncFrostingTask<QSplitContext>
{
    public override Task RunAsync(QSplitContext context) => PlanAsync(context);

    internal static async Task PlanAsync(QSplitContext context)
    {
        foreach (var planned in await context.RunAsync(context.Request | context.Pipeline.Plan))
        {
            foreach (var line in PlanTable.Lines(planned.Plan, planned.Last)) context.Say(line);
            context.Say($"  {planned.Folder}");
            context.Summarize(Path.Combine(planned.Folder, "plan.md"));
        }
    }
}
