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
        // White space only: the compiler is told to check the rest of the style, and does so in each build.
        context.DotNetFormatWhitespace(Repository.Solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true });
}
