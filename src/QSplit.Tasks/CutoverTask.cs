using Cake.Frosting;

namespace QSplit.Tasks;

[TaskName("Cutover")]
[TaskDescription("Ends migrations: the last pass of a frozen source, deletes, verification, sign-off; goes on where it stopped. --manifest --migration --hosts --frozen=HOW --deletes=FILE --accept=WHY --by=WHO --key=FILE --dry-run --fresh")]
public sealed class CutoverTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        if (CommandLine.Flag(context.Arguments, "dry-run"))
        {
            await context.RunAsync(context.Request | context.Pipeline.CutoverDryRun);
            return;
        }
        var summaries = await context.RunAsync(context.Request | context.Pipeline.Cutover);
        foreach (var summary in summaries)
        {
            context.Summarize(summary.MarkdownPath);
            if (summary.Cutover.IsSignedOff) context.Say(summary.HowToGoOn);
        }
        var left = summaries.Where(summary => !summary.Cutover.IsSignedOff).ToList();
        if (left.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, left.Select(summary => summary.HowToGoOn)));
    }
}
