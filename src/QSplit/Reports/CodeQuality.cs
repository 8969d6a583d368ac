using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Manifests;

namespace QSplit.Reports;

/// <summary>The problems of a manifest as GitLab shows them on a merge request; https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.</summary>
public static class CodeQuality
{
    /// <summary>The report as indented JSON, without a line end behind it; an empty array when nothing is wrong.</summary>
    /// <param name="problems">What is wrong.</param>
    /// <param name="pathOf">A problem's file, relative to the repository, with slashes.</param>
    public static string Write(ImmutableArray<ManifestProblem> problems, Func<string, string> pathOf) => JsonSerializer.Serialize(
        problems.Select(problem => IssueOf(problem, pathOf(problem.File))).ToImmutableArray(), CodeQualityJson.Default.ImmutableArrayIssue);

    private static Issue IssueOf(ManifestProblem problem, string path) =>
        new(problem.Message, "manifest", Fingerprint(problem, path), "blocker", new QualityPlace(path, new QualityLines(problem.Line)));

    // The column is in it: two values of one line may be wrong in the same words, and GitLab drops one of two that are equal.
    private static string Fingerprint(ManifestProblem problem, string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\0{problem.Line}\0{problem.Column}\0{problem.Message}")));

    internal sealed record Issue(
        string Description, [property: JsonPropertyName("check_name")] string CheckName, string Fingerprint, string Severity, QualityPlace Location);

    internal sealed record QualityPlace(string Path, QualityLines Lines);

    internal sealed record QualityLines(int Begin);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ImmutableArray<CodeQuality.Issue>))]
internal sealed partial class CodeQualityJson : JsonSerializerContext;
