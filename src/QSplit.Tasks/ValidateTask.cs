using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Validate")]
[TaskDescription("Reads the manifest and prints every problem with line and column. --manifest --migration --hosts --buckets")]
public sealed class ValidateTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var jobs = await context.RunAsync(context.Request | context.Pipeline.ReadManifest);
        foreach (var job in jobs) context.Say(Brief.Of(job));
        context.Say($"{context.Request.Manifest} is right: {Humane.Count(jobs.Length, "migration", "migrations")}.");
    }
}
