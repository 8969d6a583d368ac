using QSplit.Tasks.Tests.Journeys;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>What a step said, and how it ended; steps that were left out are not among them.</summary>
internal sealed record PlayedStep(string Name, int ExitCode, string Said);

/// <summary>A job of the workflow, its shell run as GitHub runs it. Actions are not: checkout and setup are there, what is uploaded and downloaded is copied.</summary>
internal sealed class GitHubJob(Checkout checkout, GitHubEvent happened, string name)
{
    private readonly Yaml _job = Yaml.Load(checkout[GitHubEvent.Workflow])["jobs"][name];
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);
    private readonly List<PlayedStep> _played = [];

    public IReadOnlyList<PlayedStep> Played => _played;

    public bool Succeeded => _played.All(step => step.ExitCode == 0);

    /// <summary>What a person sees on the page of the run.</summary>
    public string Summary { get; private set; } = "";

    public string Said => string.Concat(_played.Select(step => $"## {step.Name} (exit {step.ExitCode})\n{step.Said}"));

    private Expression Expression => new(Look, Succeeded);

    public async Task<GitHubJob> PlayAsync()
    {
        foreach (var step in _job["steps"].Items)
        {
            if (!Expression.Holds(step["if"].Text)) continue;
            if (step["run"].IsThere) await RunAsync(step);
            else Act(step["uses"].Text.Split('@')[0], step["with"]);
        }
        return this;
    }

    private async Task RunAsync(Yaml step)
    {
        var (summary, output) = (checkout.NewFile(), checkout.NewFile());
        var variables = step["env"].Entries.Select(entry => (entry.Key, Expression.Fill(entry.Value.Text)));
        using var shell = new HostProcess(["bash", "-e", checkout.NewFile(step["run"].Text)], checkout.Path,
        [
            ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", checkout.Path), ("GITHUB_EVENT_NAME", happened.Name),
            ("GITHUB_STEP_SUMMARY", summary), ("GITHUB_OUTPUT", output), ("GITHUB_ENV", checkout.NewFile()), .. variables,
        ]);
        var end = await shell.EndAsync();
        _played.Add(new PlayedStep(step["name"].Text, end.ExitCode, end.Output));
        Summary += File.ReadAllText(summary);
        foreach (var line in File.ReadLines(output).Select(line => line.Split('=', 2))) _outputs.Add($"steps.{step["id"].Text}.outputs.{line[0]}", line[1]);
    }

    private void Act(string action, Yaml with)
    {
        string With(string key) => Expression.Fill(with[key].Text);
        switch (action)
        {
            case "actions/checkout" or "actions/setup-dotnet":
                break;
            case "actions/upload-artifact":
                if (With("if-no-files-found") == "error") Directory.EnumerateFileSystemEntries(checkout[With("path")]).ShouldNotBeEmpty();
                Tool.Read("cp", "-R", $"{checkout[With("path")]}/.", checkout.Uploaded($"{happened.Run}/{With("name")}"));
                break;
            case "actions/download-artifact":
                With("github-token").ShouldNotBeEmpty();
                Directory.CreateDirectory(checkout[With("path")]);
                Tool.Read("cp", "-R", $"{checkout.Uploaded($"{With("run-id")}/{With("name")}")}/.", checkout[With("path")]);
                break;
            default:
                throw new NotSupportedException($"The action {action} is not played here.");
        }
    }

    private string Look(string property) => property.StartsWith("steps.", StringComparison.Ordinal)
        ? _outputs.GetValueOrDefault(property, "")
        : happened.Look(property);
}
