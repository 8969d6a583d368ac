using QSplit.Tasks.Tests.Workflows;

namespace QSplit.Tasks.Tests;

public sealed class WorkflowLogSpecs
{
    [Fact]
    public void Only_its_own_commands_count_while_it_lives()
    {
        var said = new StringWriter();
        said.WriteLine("::notice::before");
        using (var log = new WorkflowLog(said, "4711"))
        {
            said.WriteLine("::add-mask::a");
            log.Command(["::error::one", "::error::two"]);
            said.WriteLine("  ::stop-commands::mine");
            said.WriteLine("rsync: ##[warning]b");
            said.WriteLine("::mine::");
        }
        said.WriteLine("::notice::after");

        RunnerLog.Commands(said.ToString()).ShouldBe(["::notice::before", "::error::one", "::error::two", "::notice::after"]);
    }

    [Fact]
    public void Outside_of_GitHub_it_says_nothing()
    {
        using var log = new WorkflowLog(null, "4711");
        log.Command(["::error::one"]);
    }
}
