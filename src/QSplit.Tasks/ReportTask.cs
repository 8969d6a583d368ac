using Cake.Frosting;

namespace QSplit.Tasks;

[TaskName("Report")]
[TaskDescription("Makes the reports of the last runs again, or of one: as a page, as JSON and as JUnit XML. --manifest --migration --run")]
public sealed class ReportTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        foreach (var made in await context.RunAsync(context.Request | context.Pipeline.Reports))
            foreach (var line in made.Lines) context.Say(line);
    }
}
