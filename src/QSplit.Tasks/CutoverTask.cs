using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Cutover")]
[TaskDescription("Ends migrations: the last pass of a frozen source, deletes, verification, sign-off; goes on where it stopped. --manifest --migration --hosts --frozen=HOW --deletes=FILE --accept=WHY|CLASS[:PATH] --by=WHO --key=FILE --dry-run --fresh")]
public sealed class CutoverTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        if (CommandLine.Flag(context.Arguments, "dry-run"))
        {
            Conclude((await context.RunAsync(context.Request | context.Pipeline.CutoverDryRun)).Where(summary => summary.Stop is not null));
            return;
        }
        var summaries = await context.RunAsync(context.Request | context.Pipeline.Cutover);
        foreach (var summary in summaries)
        {
            context.Summarize(summary.MarkdownPath);
            if (summary.Cutover.IsSignedOff) context.Say(summary.HowToGoOn);
        }
        Conclude(summaries.Where(summary => !summary.Cutover.IsSignedOff));
    }

    private static void Conclude(IEnumerable<CutoverSummary> left)
    {
        if (string.Join(Environment.NewLine, left.Select(summary => summary.HowToGoOn)) is { Length: > 0 } words) throw new CommandFailedException(words);
    }
}
