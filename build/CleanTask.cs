using Cake.Common.Diagnostics;
using Cake.Common.IO;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("Clean")]
[TaskDescription("Removes what the compiler made; runs, plans and the demo's trees stay")]
public sealed class CleanTask : FrostingTask<QSplitContext>
{
    public override void Run(QSplitContext context)
    {
        // Not artifacts/ as a whole: the memory of migrations lies there too.
        foreach (var folder in new[] { "dotnet", "packages", "test-results" })
        {
            context.CleanDirectory(Path.Combine(Repository.Root, "artifacts", folder));
            context.Information("artifacts/{0} is empty.", folder);
        }
    }
}
