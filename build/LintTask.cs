using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Format;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("Lint")]
[TaskDescription("Checks the formatting of all sources; changes nothing")]
public sealed class LintTask : FrostingTask<QSplitContext>
{
    public override void Run(QSplitContext context) =>
        context.DotNetFormat(Repository.Solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true });
}
