using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Format;
using Cake.Core;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("Lint")]
[TaskDescription("Checks the formatting of all sources; changes nothing")]
public sealed class LintTask : FrostingTask<QSplitContext>
{
    public override void Run(QSplitContext context) =>
        // White space only: the compiler is told to check the rest of the style, and does so in each build. Of a folder no project has to be loaded for that.
        context.DotNetFormatWhitespace(Repository.Root, new DotNetFormatSettings
        {
            VerifyNoChanges = true,
            Exclude = ["artifacts/"],
            ArgumentCustomization = arguments => arguments.Append("--folder"),
        });
}
