using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Preflight")]
[TaskDescription("Asks every host whether it is good for its migrations: reachable, rsync, mounts, room, what the target keeps. --manifest --migration --hosts")]
public sealed class PreflightTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var found = await context.RunAsync(context.Request | context.Pipeline.Preflight);
        foreach (var line in found.SelectMany(f => PreflightTable.Lines(f.Fleet, f.Job.Migration.Name))) context.Say(line);
        var stopped = found.Where(f => !f.Fleet.CanGoOn).Select(f => $"Migration {f.Job.Migration.Name} cannot begin.{Environment.NewLine}{f.Fleet.WhyNot}").ToList();
        if (stopped.Count > 0) throw new StorageException(string.Join(Environment.NewLine, stopped));
    }
}
