using Cake.Frosting;

namespace QSplit.Tasks;

[TaskName("Validate")]
[TaskDescription("Reads the manifest and prints every problem with line and column. --manifest --migration --hosts --buckets")]
public sealed class ValidateTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var jobs = await context.RunAsync(context.Request | context.Pipeline.ReadManifest);
        foreach (var job in jobs)
            context.Say($"{job.Migration.Name}: {job.Migration.Mounts.Source} -> {job.Migration.Mounts.Target}, {job.Slots.Length} {(job.Slots.Length == 1 ? "slot" : "slots")} on {string.Join(", ", job.Hosts.Select(h => h.Name))}");
        context.Say($"{context.Request.Manifest} is right: {jobs.Length} {(jobs.Length == 1 ? "migration" : "migrations")}.");
    }
}
