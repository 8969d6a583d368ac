using System.Text;
using QSplit.Manifests;

namespace QSplit.Reports;

/// <summary>What came of reading a manifest, as Markdown for the page of a pull request; pure.</summary>
public static class ManifestMarkdown
{
    /// <param name="manifest">The file as the user named it.</param>
    /// <param name="migrations">A line for each.</param>
    public static string Right(string manifest, IReadOnlyCollection<string> migrations)
    {
        var text = new StringBuilder();
        text.AppendLine($"### {Markdown.Text(manifest)} is right: {Humane.Count(migrations.Count, "migration", "migrations")}").AppendLine();
        foreach (var migration in migrations) text.AppendLine($"- {Markdown.Text(migration)}");
        return text.ToString();
    }

    /// <param name="wrong">What stopped everything, with problems or in its own words.</param>
    public static string Wrong(ManifestException wrong)
    {
        var text = new StringBuilder();
        if (wrong.Problems.IsEmpty)
            return text.AppendLine("### Nothing was done").AppendLine().AppendLine(Markdown.Text(wrong.Message)).ToString();
        text.AppendLine($"### {Markdown.Text(wrong.Problems[0].File)} has {Humane.Count(wrong.Problems.Length, "problem", "problems")}").AppendLine();
        text.AppendLine("| line | column | problem |").AppendLine("| ---: | ---: | --- |");
        foreach (var problem in wrong.Problems) text.AppendLine($"| {problem.Line} | {problem.Column} | {Markdown.Text(problem.Message)} |");
        return text.ToString();
    }
}
