using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Test;
using Cake.Frosting;
using QSplit.Tasks;

namespace Build;

[TaskName("Test")]
[TaskDescription("Runs all tests; the last line counts them. --filter --configuration")]
[IsDependentOn(typeof(CompileTask))]
public sealed class TestTask : FrostingTask<QSplitContext>
{
    public override void Run(QSplitContext context)
    {
        var results = new DirectoryInfo(Path.Combine(Repository.Root, "artifacts", "test-results"));
        if (results.Exists) results.Delete(recursive: true);
        try
        {
            context.DotNetTest(Repository.Solution, new DotNetTestSettings
            {
                Configuration = context.Configuration(),
                Filter = CommandLine.One(context.Arguments, "filter"),
                NoBuild = true,
                NoLogo = true,
                Loggers = ["trx", "console;verbosity=minimal"],
                ResultsDirectory = results.FullName,
            });
        }
        finally
        {
            context.Ending.SayLast(TestCount.Of(results).ToString());
        }
        if (TestCount.Of(results).Total == 0) throw new QSplit.Errors.CommandFailedException("No test was run. Is the --filter right?");
    }
}
