using Cake.Frosting;

namespace QSplit.Tasks;

[TaskName("Errors")]
[TaskDescription("Lists what the last runs could not copy, by class, with what to do about it. --manifest --migration --run=ID|all")]
public sealed class ErrorsTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var migrations = await context.RunAsync(context.Request | context.Pipeline.Errors);
        foreach (var line in migrations.SelectMany(migration => migration.Lines())) context.Say(line);
    }
}
