using Cake.Core.Diagnostics;
using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Stats")]
[TaskDescription("Prints a cluster's size figures as JSON. --manifest --cluster --source")]
public sealed class StatsTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var (pipeline, cluster) = (context.Pipeline, context.ClusterRequest);
        if (context.Log.Verbosity >= Verbosity.Verbose)
        {
            var identity = await context.RunAsync(cluster | pipeline.Connect >> pipeline.Identify);
            context.Say($"{identity.Name ?? "(no name)"}: {identity.Version ?? "(no version)"}");
        }
        context.Answer(CapacityJson.Write(await context.RunAsync(cluster | pipeline.Connect >> pipeline.Capacity)));
    }
}
