using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("Compile")]
[TaskDescription("Compiles everything; warnings are errors. --configuration")]
public sealed class CompileTask : FrostingTask<QSplitContext>
{
    public override void Run(QSplitContext context) =>
        context.DotNetBuild(Repository.Solution, new DotNetBuildSettings
        {
            Configuration = context.Configuration(),
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
            // As build.sh does: a compiler that runs once is faster without profiles of its own code.
            EnvironmentVariables = new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" },
        });
}
