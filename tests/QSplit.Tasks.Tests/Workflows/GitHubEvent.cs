namespace QSplit.Tasks.Tests.Workflows;

/// <summary>Why a workflow runs, and what its expressions can see of that.</summary>
/// <param name="Name"><c>pull_request</c>, <c>schedule</c>, <c>workflow_dispatch</c>.</param>
/// <param name="Run">The number of the run.</param>
internal sealed record GitHubEvent(string Name, int Run)
{
    public const string Workflow = ".github/workflows/migrations.yml";
    public const string Secret = "open-sesame-4711";
    private const string Repository = "studio/migrations";

    /// <summary>What was chosen by hand.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the branch of a pull request lives.</summary>
    public string HeadRepository { get; init; } = Repository;

    /// <summary>Started by a person.</summary>
    public static GitHubEvent ByHand(int run, string action, string migration = "", int? planRun = null) => new("workflow_dispatch", run)
    {
        Inputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = action, ["migration"] = migration, ["plan_run"] = $"{planRun}" },
    };

    /// <summary>Whether a job runs because of this.</summary>
    public bool Starts(Yaml job) => new Expression(Look, succeeded: true).Holds(job["if"].Text);

    /// <summary>The value of a property of a context.</summary>
    public string Look(string property) => property switch
    {
        "github.event_name" => Name,
        "github.repository" => Repository,
        "github.ref" => "refs/pull/7/merge",
        "github.token" => "token-of-the-job",
        "github.event.pull_request.head.repo.full_name" => HeadRepository,
        "secrets.STUDIO_PASSWORD" => Secret,
        // Not set: the default counts.
        "vars.MIGRATIONS_RUNNER" => "",
        "inputs.action" or "inputs.migration" or "inputs.plan_run" => Inputs.GetValueOrDefault(property["inputs.".Length..], ""),
        _ => throw new NotSupportedException($"{property} is not known here."),
    };
}
