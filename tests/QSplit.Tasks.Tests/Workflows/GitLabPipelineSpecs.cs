using System.Text.Json.Nodes;
using QSplit.Tasks.Tests.Journeys;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>The pipeline's own shell, job after job.</summary>
public sealed class GitLabPipelineSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_merge_request_with_three_mistakes_has_them_in_its_code_quality_report()
    {
        using var checkout = new Checkout();
        using var mistakes = new Mistakes(checkout["migrations.yml"]);

        var job = new GitLabJob(checkout, "validate");
        var validate = await job.PlayAsync(("STUDIO_PASSWORD", "open-sesame-4711"));

        validate.ExitCode.ShouldBe(2, validate.Output);
        job.Stops(validate.ExitCode).ShouldBeTrue();
        var issues = Report(job);
        issues.Select(issue => (int)issue!["location"]!["lines"]!["begin"]!).ShouldBe([3, 5, 10]);
        issues.ShouldAllBe(issue => (string)issue!["location"]!["path"]! == "migrations.yml");
        issues.Select(issue => (string)issue!["fingerprint"]!).ShouldBeUnique();
        mistakes.WereCalled.ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_plan_is_reviewed_then_carried_out_as_it_was_read()
    {
        Needs.Rsync();
        using var checkout = new Checkout();

        var validate = new GitLabJob(checkout, "validate");
        (await validate.PlayAsync()).ExitCode.ShouldBe(0);
        Report(validate).ShouldBeEmpty();

        var plan = await new GitLabJob(checkout, "plan").PlayAsync();
        plan.ExitCode.ShouldBe(0, plan.Output);

        var night = new GitLabJob(checkout, "dryrun");
        var before = await night.PlayAsync();
        before.ExitCode.ShouldBe(10, before.Output);
        night.Stops(before.ExitCode).ShouldBeFalse();
        Directory.GetFiles(night.Artifacts, "report.junit.xml", SearchOption.AllDirectories).ShouldNotBeEmpty();

        var unnamed = await new GitLabJob(checkout, "migrate").PlayAsync();
        unnamed.ExitCode.ShouldNotBe(0);
        unnamed.Output.ShouldContain("start this job with the name of a migration");
        Directory.Exists(checkout["artifacts/demo/target"]).ShouldBeFalse();

        var migrate = await new GitLabJob(checkout, "migrate").PlayAsync(("MIGRATION", "demo"));
        migrate.ExitCode.ShouldBe(0, migrate.Output);
        TreeComparison.Differences(checkout["artifacts/demo/source"], checkout["artifacts/demo/target"]).ShouldBeEmpty();

        var after = await night.PlayAsync();
        after.ExitCode.ShouldBe(0, after.Output);
    }

    private static JsonArray Report(GitLabJob job) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(job.Artifacts, "gl-code-quality-report.json")))!.AsArray();
}
