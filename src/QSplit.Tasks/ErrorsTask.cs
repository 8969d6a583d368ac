using Cake.Frosting;

namespace QSplit.Tasks;

[TaskName("Errors")]
[TaskDescription("Lists what the last run of each migration could not copy, by class, with what to do about it. --manifest --migration --run=ID|all")]
public sealed class ErrorsTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        foreach (var line in (await context.RunAsync(context.Request | context.Pipeline.Errors)).SelectMany(errors => errors.Lines())) context.Say(line);
    }
}
