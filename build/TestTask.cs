using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Test;
using Cake.Core;
using Cake.Frosting;
using QSplit.Errors;
using QSplit.Tasks;

namespace Build;

[TaskName("Test")]
[TaskDescription("Runs all tests; the last line counts them. --filter --configuration")]
[IsDependentOn(typeof(CompileTask))]
public sealed class TestTask : FrostingTask<QSplitContext>
{
    // One project after another, and one working test per core in each (xunit.runner.json): most start several processes.
    private static readonly string[] Projects = ["QSplit.Tests", "QSplit.Qumulo.Tests", "QSplit.Browser.Tests", "QSplit.Tasks.Tests"];

    public override void Run(QSplitContext context)
    {
        var results = Path.Combine(Repository.Root, "artifacts", "test-results");
        if (Directory.Exists(results)) Directory.Delete(results, recursive: true);
        List<string> failed;
        using (var temporary = new TestFolder())
            failed = [.. Projects.Where(project => !Passes(context, project, Path.Combine(results, project), temporary.Path))];
        var count = TestCount.Of(results);
        if (count.Skipped > 0) context.Ending.SayLast($"{count.Skipped} skipped: what they need is not on this machine; their messages name the packages.");
        context.Ending.SayLast(count.ToString());
        if (failed.Count > 0) throw new CommandFailedException($"Tests of {string.Join(" and ", failed)} failed: {count}.");
        if (count.Total == 0) throw new CommandFailedException("No test was run. Is the --filter right?");
    }

    private static bool Passes(QSplitContext context, string project, string results, string temporary)
    {
        try
        {
            // The compiled tests, not their project: nothing has to be evaluated again.
            context.DotNetTest(Compiled(project, context.Configuration()), new DotNetTestSettings
            {
                Filter = CommandLine.One(context.Arguments, "filter"),
                NoLogo = true,
                Loggers = ["trx", "console;verbosity=minimal"],
                ResultsDirectory = results,
                EnvironmentVariables = new Dictionary<string, string> { ["TMPDIR"] = temporary },
            });
            return true;
        }
        catch (CakeException)
        {
            return false;
        }
    }

    private static string Compiled(string project, string configuration) =>
        Path.Combine(Repository.Root, "artifacts", "dotnet", "bin", project, configuration.ToLowerInvariant(), $"{project}.dll");
}
