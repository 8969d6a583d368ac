using QSplit.Manifests;

namespace QSplit.Reports;

/// <summary>Lines by which a job talks to GitHub Actions; whatever is in a text, each is one line and one command.</summary>
/// <remarks>https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; the escapes are those of actions/toolkit, packages/core/src/command.ts.</remarks>
public static class WorkflowCommand
{
    /// <summary>Puts a problem beside its line on the page of the pull request.</summary>
    /// <param name="problem">What is wrong, and where.</param>
    /// <param name="file">Its file, relative to the repository, with slashes.</param>
    public static string Error(ManifestProblem problem, string file) =>
        $"::error file={Property(file)},line={problem.Line},col={problem.Column},title=Manifest::{Data(problem.Message)}";

    /// <summary>The same for what has no line, such as a manifest that is not there: on the page of the run.</summary>
    public static string Error(string message) => $"::error title=Manifest::{Data(message)}";

    /// <summary>Nothing that follows is a command, whatever it looks like.</summary>
    /// <param name="token">What nobody can guess.</param>
    public static string Stop(string token) => $"::stop-commands::{token}";

    /// <summary>From here on lines are commands again.</summary>
    public static string Resume(string token) => $"::{token}::";

    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
