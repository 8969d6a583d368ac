using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Validate")]
[TaskDescription("Reads the manifest and prints every problem with line and column. --manifest --migration --hosts --buckets --code-quality")]
public sealed class ValidateTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var jobs = await context.RunAsync(context.Request | context.Pipeline.ReadManifest);
        var briefs = jobs.Select(Brief.Of).ToList();
        briefs.ForEach(context.Say);
        context.Say($"{context.Request.Manifest} is right: {Humane.Count(jobs.Length, "migration", "migrations")}.");
        context.Summary.Add(ManifestMarkdown.Right(context.Request.Manifest, briefs));
    }
}
