using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Tasks.Ci;

/// <summary>Tells the pages of a pull request or a merge request what came of reading the manifest.</summary>
/// <param name="annotate">Takes the commands that put problems beside their lines on GitHub.</param>
/// <param name="summary">Takes the table of problems on GitHub.</param>
/// <param name="codeQuality">The report for GitLab, in full; null when none is asked for.</param>
/// <param name="pathOf">A file as the page knows it.</param>
/// <param name="warn">Where a line goes that says why the report cannot be written.</param>
internal sealed class ManifestVerdict(Action<IEnumerable<string>> annotate, StepSummary summary, string? codeQuality, Func<string, string> pathOf, Action<string> warn)
{
    /// <summary>It is right.</summary>
    public void Right() => Write([]);

    /// <summary>It, or what the command line asks of it, is wrong.</summary>
    public void Wrong(ManifestException wrong, string manifest)
    {
        annotate(wrong.Problems.IsEmpty ? [WorkflowCommand.Error(wrong.Message)] : wrong.Problems.Select(p => WorkflowCommand.Error(p, pathOf(p.File))));
        summary.Add(ManifestMarkdown.Wrong(wrong));
        // GitLab knows no issue without a place, and none at all would say that all is right.
        Write(wrong.Problems.IsEmpty ? [new ManifestProblem(manifest, 1, 1, wrong.Message)] : wrong.Problems);
    }

    private void Write(ImmutableArray<ManifestProblem> problems)
    {
        if (codeQuality is null) return;
        try
        {
            File.WriteAllText(codeQuality, CodeQuality.Write(problems, pathOf) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"Warning: the report for --code-quality cannot be written: {e.Message}");
        }
    }
}
