using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Pack;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("Pack")]
[TaskDescription("Packs the libraries into artifacts/packages. --configuration")]
public sealed class PackTask : FrostingTask<QSplitContext>
{
    public override void Run(QSplitContext context) =>
        context.DotNetPack(
            Path.Combine(Repository.Root, "src", "QSplit", "QSplit.csproj"),
            new DotNetPackSettings { Configuration = context.Configuration(), NoLogo = true, OutputDirectory = Path.Combine(Repository.Root, "artifacts", "packages") });
}
