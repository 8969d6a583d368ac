using QSplit.Tasks.Tests.FrontDoor;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>What must be so in the two files whoever adapts them: what they may do, who may start it, and that nothing is put into shell that others write.</summary>
public sealed class WorkflowFileSpecs
{
    private readonly Yaml _gitHub = Yaml.Load(Path.Combine(Readme.Root, GitHubEvent.Workflow));
    private readonly Yaml _gitLab = Yaml.Load(Path.Combine(Readme.Root, GitLabJob.Pipeline));

    private IEnumerable<(string Key, Yaml Value)> GitHubJobs => _gitHub["jobs"].Entries;

    private IEnumerable<(string Key, Yaml Value)> GitLabJobs => _gitLab.Entries.Where(entry => entry.Value["stage"].IsThere);

    [Fact]
    public void No_script_has_an_expression_in_it()
    {
        var scripts = _gitHub.Texts().Where(text => text.Path.EndsWith(".run", StringComparison.Ordinal)).ToList();
        scripts.Count.ShouldBeGreaterThan(5);
        scripts.ShouldAllBe(script => !script.Text.Contains("${{", StringComparison.Ordinal));
    }

    [Fact]
    public void The_token_may_read_and_nothing_else()
    {
        _gitHub["permissions"].Entries.ShouldHaveSingleItem().Key.ShouldBe("contents");
        _gitHub.Texts().Where(text => text.Path.Contains("permissions", StringComparison.Ordinal)).ShouldAllBe(text => text.Text == "read");
        GitHubJobs.Where(job => job.Value["permissions"]["actions"].IsThere).Select(job => job.Key).ShouldBe(["migrate"]);
    }

    [Fact]
    public void Secrets_are_known_to_the_steps_that_need_them_and_to_no_other()
    {
        var secrets = _gitHub.Texts().Where(text => text.Text.Contains("secrets.", StringComparison.Ordinal)).ToList();
        secrets.ShouldNotBeEmpty();
        secrets.ShouldAllBe(text => text.Path.Contains("].env.", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_job_ends_in_time()
    {
        GitHubJobs.ShouldAllBe(job => job.Value["timeout-minutes"].IsThere);
        GitLabJobs.ShouldAllBe(job => job.Value["timeout"].IsThere);
    }

    [Fact]
    public void Actions_are_pinned_to_a_version()
    {
        var uses = _gitHub.Texts().Where(text => text.Path.EndsWith(".uses", StringComparison.Ordinal)).ToList();
        uses.ShouldNotBeEmpty();
        foreach (var (path, text) in uses) text.ShouldMatch(@"^[\w-]+/[\w-]+@(v\d+|[0-9a-f]{40})", path);
    }

    [Fact]
    public void Checkouts_keep_the_memory_of_runs_and_no_login()
    {
        var checkouts = GitHubJobs.Select(job => job.Value["steps"].Items.First()).ToList();
        checkouts.ShouldAllBe(step => step["uses"].Text.StartsWith("actions/checkout@", StringComparison.Ordinal));
        checkouts.ShouldAllBe(step => step["with"]["clean"].Text == "false" && step["with"]["persist-credentials"].Text == "false");
        // A plan of an earlier pipeline must not be there for the next: what is kept between jobs is elsewhere.
        _gitLab["variables"]["GIT_CLEAN_FLAGS"].Text.ShouldBe("-ffdx -e artifacts/");
        _gitLab["plan"]["artifacts"]["paths"].Items.ShouldAllBe(path => !path.Text.StartsWith("artifacts/", StringComparison.Ordinal));
    }

    [Fact]
    public void Migrate_is_started_by_hand_asks_for_approval_and_is_alone()
    {
        var gitHub = _gitHub["jobs"]["migrate"];
        gitHub["environment"].Text.ShouldBe("migrations");
        gitHub["concurrency"]["group"].Text.ShouldBe("migrations-migrate");
        gitHub["concurrency"]["cancel-in-progress"].Text.ShouldBe("false");
        var gitLab = _gitLab["migrate"];
        gitLab["rules"].Items.ShouldNotBeEmpty();
        gitLab["rules"].Items.ShouldAllBe(rule => rule["when"].Text == "manual");
        gitLab["environment"].Text.ShouldBe("migrations");
        gitLab["resource_group"].Text.ShouldBe("migrations");
    }

    [Fact]
    public void Each_event_starts_its_own_job_and_a_strangers_none()
    {
        var pullRequest = new GitHubEvent("pull_request", 1);
        Started(pullRequest).ShouldBe(["plan"]);
        Started(pullRequest with { HeadRepository = "stranger/migrations" }).ShouldBeEmpty();
        Started(new GitHubEvent("schedule", 2)).ShouldBe(["dryrun"]);
        Started(GitHubEvent.ByHand(3, "dryrun")).ShouldBe(["dryrun"]);
        Started(GitHubEvent.ByHand(4, "migrate")).ShouldBe(["migrate"]);

        IEnumerable<string> Started(GitHubEvent happened) => GitHubJobs.Where(job => happened.Starts(job.Value)).Select(job => job.Key);
    }

    [Fact]
    public void Nothing_but_migrate_migrates()
    {
        var jobs = GitHubJobs.Concat(GitLabJobs).ToList();
        jobs.Where(job => job.Value.Texts().Any(text => text.Text.Contains("--target=Migrate", StringComparison.Ordinal))).Select(job => job.Key).ShouldBe(["migrate", "migrate"]);
    }

    [Fact]
    public void Merge_requests_that_change_the_manifest_are_checked_and_planned()
    {
        foreach (var name in (string[])["validate", "plan"])
        {
            var rule = _gitLab[name]["rules"].Items.ShouldHaveSingleItem();
            rule["if"].Text.ShouldBe("$CI_PIPELINE_SOURCE == \"merge_request_event\"");
            rule["changes"].Items.Select(path => path.Text).ShouldBe(["migrations.yml", ".gitlab-ci.yml"]);
        }
        _gitHub["on"]["pull_request"]["paths"].Items.Select(path => path.Text).ShouldBe(["migrations.yml", GitHubEvent.Workflow]);
        GitLabJobs.ShouldAllBe(job => job.Value["rules"].IsThere);
        GitLabJobs.Select(job => job.Value["stage"].Text).ShouldBe(_gitLab["stages"].Items.Select(stage => stage.Text));
    }
}
