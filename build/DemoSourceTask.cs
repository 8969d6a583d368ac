using Cake.Common.Diagnostics;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("DemoSource")]
[TaskDescription("Makes the source of the demo of migrations.yml, when it is not there")]
[IsDependeeOf(typeof(PlanTask))]
[IsDependeeOf(typeof(DryRunTask))]
[IsDependeeOf(typeof(MigrateTask))]
public sealed class DemoSourceTask : FrostingTask<QSplitContext>
{
    private static string Source => Path.Combine(Repository.Root, "artifacts", "demo", "source");

    public override bool ShouldRun(QSplitContext context) =>
        !Directory.Exists(Source) && Path.GetFullPath(context.Request.Manifest, context.Environment.WorkingDirectory.FullPath) == Path.Combine(Repository.Root, "migrations.yml");

    public override void Run(QSplitContext context)
    {
        DemoSource.Make(Source);
        context.Information("Made {0}", Source);
    }
}
