using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("DryRun")]
[TaskDescription("Plans, then asks rsync on the hosts what it would do; writes nothing on the targets. --manifest --migration --hosts --buckets --plan --deletes --offline --exit-code")]
public sealed class DryRunTask : AsyncFrostingTask<QSplitContext>
{
    private const int SomethingToDo = 10;

    public override async Task RunAsync(QSplitContext context)
    {
        if (context.Request.DeletesFile is { } file) throw new Manifests.ManifestException($"--deletes is a switch of DryRun: --deletes, or --deletes=false; not '{file}'.");
        var asksForCode = CommandLine.Flag(context.Arguments, "exit-code");
        if (CommandLine.Flag(context.Arguments, "offline"))
        {
            if (asksForCode) throw new Manifests.ManifestException("--exit-code asks what would be done, which only the hosts can say: leave --offline out, or --exit-code.");
            await PlanTask.PlanAsync(context);
            return;
        }
        var summaries = await context.RunAsync(context.Request | context.Pipeline.DryRun);
        foreach (var line in summaries.SelectMany(summary => PreviewText.Lines(summary.Run.Preview))) context.Say(line);
        MigrateTask.Conclude(summaries, context);
        if (asksForCode && summaries.Any(summary => !summary.Run.Preview.IsNothing)) context.Ending.ExitWith(SomethingToDo);
    }
}
