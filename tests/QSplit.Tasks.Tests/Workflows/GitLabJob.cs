using QSplit.Tasks.Tests.Journeys;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>A job of the pipeline, its shell run as GitLab's runner runs it; artifacts go from job to job as files.</summary>
internal sealed class GitLabJob
{
    public const string Pipeline = ".gitlab-ci.yml";
    private readonly Checkout _checkout;
    private readonly string _name;
    private readonly Yaml _pipeline;
    private readonly Yaml _job;

    public GitLabJob(Checkout checkout, string name)
    {
        (_checkout, _name) = (checkout, name);
        _pipeline = Yaml.Load(checkout[Pipeline]);
        _job = _pipeline[name];
    }

    /// <summary>Where what it left is kept.</summary>
    public string Artifacts => _checkout.Uploaded(_name);

    /// <summary>Whether its end stops the pipeline.</summary>
    public bool Stops(int exitCode) => exitCode != 0 && _job["allow_failure"]["exit_codes"].Items.All(code => code.Text != $"{exitCode}");

    /// <param name="variables">What a person gave it, and what the project has.</param>
    public async Task<HostResult> PlayAsync(params IEnumerable<(string Name, string Value)> variables)
    {
        Clean();
        foreach (var needed in _job["needs"].Items) Tool.Read("cp", "-R", $"{_checkout.Uploaded(needed.Text)}/.", _checkout.Path);
        var end = await RunAsync(_pipeline["default"]["before_script"].Items.Concat(_job["script"].Items), variables);
        var after = await RunAsync(_job["after_script"].Items, variables);
        after.ExitCode.ShouldBe(0, after.Output);
        if (end.ExitCode == 0 || _job["artifacts"]["when"].Text == "always") Keep();
        return end;
    }

    private async Task<HostResult> RunAsync(IEnumerable<Yaml> lines, IEnumerable<(string Name, string Value)> variables)
    {
        var script = _checkout.NewFile(string.Concat(lines.Select(line => line.Text + "\n")));
        var written = _pipeline["variables"].Entries.Select(v => (v.Key, v.Value.Text.Replace("$CI_PROJECT_DIR", _checkout.Path, StringComparison.Ordinal)));
        using var shell = new HostProcess(["bash", "-e", "-o", "pipefail", script], _checkout.Path,
            [("CI", "true"), ("GITLAB_CI", "true"), ("CI_PROJECT_DIR", _checkout.Path), .. written, .. variables]);
        return await shell.EndAsync();
    }

    // What the runner does between jobs: git clean, with the pipeline's flags.
    private void Clean()
    {
        _pipeline["variables"]["GIT_CLEAN_FLAGS"].Text.ShouldBe("-ffdx -e artifacts/");
        Tool.Read("/bin/sh", "-c", "cd \"$0\" && rm -rf plans reports gl-code-quality-report.json", _checkout.Path);
    }

    private void Keep()
    {
        var wanted = _job["artifacts"]["paths"].Items.Concat(_job["artifacts"]["reports"].Entries.Select(report => report.Value)).Select(path => path.Text);
        foreach (var pattern in wanted)
            Tool.Read("bash", "-c", "cd \"$0\" && shopt -s nullglob && for path in $2; do cp -R --parents \"$path\" \"$1\"; done", _checkout.Path, Artifacts, pattern);
    }
}
