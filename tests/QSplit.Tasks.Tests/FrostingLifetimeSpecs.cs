using Cake.Frosting;
using QSplit.Tasks.Tests.Host;

namespace QSplit.Tasks.Tests;

public sealed class FrostingLifetimeSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_lifetime_is_around_all_tasks()
    {
        var run = await SampleRun.OfAsync(host => host.UseLifetime<SampleLifetime>(), "--target=Check");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Setup for Fetch, Check", "Fetch", "Check", "Teardown after success"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_teardown_learns_of_the_failure()
    {
        var run = await SampleRun.OfAsync(host => host.UseLifetime<SampleLifetime>(), "--target=Fail");

        run.ExitCode.ShouldBe(-1);
        run.Journal.ShouldBe(["Setup for Fail", "Finally", "Teardown after The disk is gone."]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_has_a_lifetime_but_its_tasks_have_none()
    {
        var run = await SampleRun.OfAsync(
            host => host.UseLifetime<SampleLifetime>().UseTaskLifetime<SampleTaskLifetime>(), "--target=Check", "--dryrun");

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBe(["Setup for Fetch, Check", "Teardown after success"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--tree")]
    [InlineData("--description")]
    public async Task To_look_at_the_tasks_sets_nothing_up(string option)
    {
        var run = await SampleRun.OfAsync(host => host.UseLifetime<SampleLifetime>(), option);

        run.ExitCode.ShouldBe(0);
        run.Journal.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_task_lifetime_is_around_each_task_failed_and_skipped_ones_too()
    {
        var run = await SampleRun.OfAsync(host => host.UseTaskLifetime<SampleTaskLifetime>(), "--target=AfterSkip", "--target=Fail");

        run.Journal.ShouldBe(
        [
            "Setup of Skip", "Teardown of Skip, skipped",
            "Setup of AfterSkip", "AfterSkip", "Teardown of AfterSkip",
            "Setup of Fail", "Finally", "Teardown of Fail, failed",
        ]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_task_runs_when_the_setup_fails_and_the_teardown_still_does()
    {
        var run = await SampleRun.OfAsync(host => host.UseSetup<FailingSetup>().UseTeardown<SampleTeardown>(), "--target=Check");

        run.ExitCode.ShouldBe(-1);
        run.Journal.ShouldBe(["Teardown after failure"]);
        run.Output.ShouldContain("The mount is not there.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_two_ends_of_a_task_may_be_given_apart()
    {
        var run = await SampleRun.OfAsync(host => host.UseTaskSetup<SampleTaskSetup>().UseTaskTeardown<SampleTaskTeardown>(), "--target=Fetch");

        run.Journal.ShouldBe(["Setup of Fetch", "Fetch", "Teardown of Fetch"]);
    }
}
