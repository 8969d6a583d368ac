using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Status")]
[TaskDescription("Says how far each migration is, also while another terminal runs it. --manifest --migration --run --json")]
public sealed class StatusTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var migrations = await context.RunAsync(context.Request | context.Pipeline.Status);
        if (CommandLine.Flag(context.Arguments, "json")) context.Answer(StatusDocument.Write(migrations));
        else foreach (var line in migrations.SelectMany(migration => StatusText.Lines(migration))) context.Say(line);
    }
}
