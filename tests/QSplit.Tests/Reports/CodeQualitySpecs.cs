using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Tests.Reports;

public sealed class CodeQualitySpecs
{
    [Fact]
    public void A_problem_is_an_issue_with_its_place() =>
        CodeQuality.Write([new ManifestProblem("m.yml", 3, 5, "slots \"0\"")], file => $"films/{file}").ShouldBe("""
            [
              {
                "description": "slots \u00220\u0022",
                "check_name": "manifest",
                "fingerprint": "5a76199901a8c29363edcc293b65f9bde93c44a6c3a981d1904653e0a688a37d",
                "severity": "blocker",
                "location": {
                  "path": "films/m.yml",
                  "lines": {
                    "begin": 3
                  }
                }
              }
            ]
            """);

    [Fact]
    public void Nothing_wrong_is_an_empty_array() => CodeQuality.Write([], file => file).ShouldBe("[]");

    [Fact]
    public void The_same_words_at_two_places_are_two_issues()
    {
        var report = CodeQuality.Write([new("m.yml", 3, 5, "same"), new("m.yml", 3, 9, "same"), new("m.yml", 4, 5, "same")], file => file);
        report.Split('\n').Where(line => line.Contains("fingerprint", StringComparison.Ordinal)).Distinct().Count().ShouldBe(3);
    }
}
