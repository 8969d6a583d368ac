using QSplit.Tasks.Tests.Journeys;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>The workflow's own shell, job after job, as a team lives with it.</summary>
public sealed class GitHubWorkflowSpecs
{
    private static readonly GitHubEvent PullRequest = new("pull_request", 41);
    private static readonly GitHubEvent Night = new("schedule", 42);

    [Fact(Timeout = HangLimit)]
    public async Task A_pull_request_with_three_mistakes_has_three_annotations_and_nothing_is_contacted()
    {
        using var checkout = new Checkout();
        using var mistakes = new Mistakes(checkout["migrations.yml"]);

        var job = await new GitHubJob(checkout, PullRequest, "plan").PlayAsync();

        job.Played.Select(step => (step.Name, step.ExitCode)).ShouldBe([("Validate", 2)], job.Said);
        RunnerLog.Commands(job.Said).ShouldBe(
        [
            "::error file=migrations.yml,line=3,col=95,title=Manifest::clusters.studio: unknown key 'insecur'; did you mean 'insecure'?",
            "::error file=migrations.yml,line=5,col=64,title=Manifest::hosts.dtn1.slots must be 1 or more, is 0",
            "::error file=migrations.yml,line=10,col=13,title=Manifest::migrations.music.hosts[0] names 'dtn2', which is not under 'hosts'; did you mean 'dtn1'?",
        ]);
        job.Summary.ShouldContain("migrations.yml has 3 problems");
        job.Summary.ShouldContain("| 5 | 64 | hosts.dtn1.slots must be 1 or more, is 0 |");
        mistakes.WereCalled.ShouldBeFalse();
        Directory.Exists(checkout["artifacts/runs"]).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_plan_is_reviewed_then_carried_out_as_it_was_read()
    {
        Needs.Rsync();
        using var checkout = new Checkout();

        var plan = await new GitHubJob(checkout, PullRequest, "plan").PlayAsync();
        plan.Succeeded.ShouldBeTrue(plan.Said);
        RunnerLog.Commands(plan.Said).ShouldBeEmpty();
        var reviewed = Directory.GetDirectories(checkout.Uploaded($"{PullRequest.Run}/plan/demo")).ShouldHaveSingleItem();
        Directory.GetFiles(reviewed, "qsync_*_bucket*.txt").ShouldNotBeEmpty();
        plan.Summary.ShouldContain("migrations.yml is right: 1 migration");
        plan.Summary.ShouldContain(await File.ReadAllTextAsync(Path.Combine(reviewed, "plan.md"), TestContext.Current.CancellationToken));

        var before = await new GitHubJob(checkout, Night, "dryrun").PlayAsync();
        before.Succeeded.ShouldBeTrue(before.Said);
        RunnerLog.Commands(before.Said).ShouldHaveSingleItem().ShouldStartWith("::notice title=Dry run::");
        Reports(Night).ShouldContain("report.json");
        Directory.Exists(checkout["artifacts/demo/target"]).ShouldBeFalse();

        var byHand = GitHubEvent.ByHand(43, "migrate", "demo", PullRequest.Run);
        var migrate = await new GitHubJob(checkout, byHand, "migrate").PlayAsync();
        migrate.Succeeded.ShouldBeTrue(migrate.Said);
        TreeComparison.Differences(checkout["artifacts/demo/source"], checkout["artifacts/demo/target"]).ShouldBeEmpty();
        migrate.Summary.ShouldContain("All is done");
        Reports(byHand).ShouldContain("report.junit.xml");

        var after = await new GitHubJob(checkout, Night with { Run = 45 }, "dryrun").PlayAsync();
        after.Succeeded.ShouldBeTrue(after.Said);
        RunnerLog.Commands(after.Said).ShouldBeEmpty();

        $"{plan.Said}{before.Said}{migrate.Said}{after.Said}".ShouldNotContain(GitHubEvent.Secret);

        IEnumerable<string?> Reports(GitHubEvent happened) =>
            Directory.GetFiles(checkout.Uploaded($"{happened.Run}/reports"), "*", SearchOption.AllDirectories).Select(Path.GetFileName);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_migration_by_hand_without_a_reviewed_plan_moves_nothing()
    {
        using var checkout = new Checkout();

        var job = await new GitHubJob(checkout, GitHubEvent.ByHand(44, "migrate", "demo", planRun: 1), "migrate").PlayAsync();

        job.Succeeded.ShouldBeFalse();
        job.Played.Single(step => step.Name == "Migrate").Said.ShouldContain("artifacts/plans/demo");
        Directory.Exists(checkout["artifacts/demo"]).ShouldBeFalse();
    }
}
