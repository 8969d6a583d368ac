using QSplit.Tasks.Tests.Host;

namespace QSplit.Tasks.Tests;

public sealed class FrostingTaskSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_failure_is_logged_and_ends_the_run_after_the_tasks_own_end()
    {
        var run = await SampleRun.OfAsync("--target=AfterFail");

        run.ExitCode.ShouldBe(-1);
        run.Journal.ShouldBe(["Finally"]);
        run.Output.ShouldContain("Error: The disk is gone.");
        run.Output.ShouldNotContain("   at QSplit.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_diagnostic_run_says_where_it_failed()
    {
        var run = await SampleRun.OfAsync("--target=Fail", "--verbosity=diagnostic");

        run.Output.ShouldContain($"   at {typeof(Fail).FullName}.{nameof(Fail.Run)}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_error_handler_ends_the_error()
    {
        var run = await SampleRun.OfAsync("--target=AfterHandle");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["OnError: The disk is gone.", "AfterHandle"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_error_handler_may_throw_and_the_run_fails_with_that()
    {
        var run = await SampleRun.OfAsync("--target=HandBack");

        run.ExitCode.ShouldBe(-1);
        run.Output.ShouldContain("Error: And so is its copy.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_goes_on_after_a_task_that_may_fail()
    {
        var run = await SampleRun.OfAsync("--target=AfterTolerate");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["AfterTolerate"]);
        run.Output.ShouldContain("An error occurred when executing task 'Tolerate'.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_task_that_should_not_run_is_skipped_with_its_reason()
    {
        var run = await SampleRun.OfAsync("--target=AfterSkip", "--verbosity=verbose");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["AfterSkip"]);
        run.Output.ShouldContain("Skipping task: There is no cluster here.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_should_not_run_is_an_error_with_its_reason()
    {
        var run = await SampleRun.OfAsync("--target=Skip");

        run.ExitCode.ShouldBe(-1);
        run.Output.ShouldContain("There is no cluster here.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_task_may_put_itself_before_another()
    {
        var run = await SampleRun.OfAsync("--target=Late");

        run.Journal.ShouldBe(["Early", "Late"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_task_for_another_context_is_left_out_with_a_warning()
    {
        var run = await SampleRun.OfAsync("--target=Check");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain(
            $"Task Foreign is left out: it works with a {typeof(OtherContext).FullName}, "
            + $"and the context of this run is a {typeof(SampleContext).FullName}.");
        (await SampleRun.OfAsync("--target=Foreign")).ExitCode.ShouldBe(-1);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("Hidden")]
    [InlineData("Half")]
    public async Task Only_exported_concrete_classes_are_tasks(string name)
    {
        var run = await SampleRun.OfAsync($"--target={name}");

        run.ExitCode.ShouldBe(-1);
        run.Output.ShouldContain($"The target '{name}' was not found.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_task_is_given_what_its_constructor_asks_for()
    {
        var run = await SampleRun.OfAsync("--target=Where");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe([Environment.CurrentDirectory]);
    }
}
