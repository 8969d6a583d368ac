using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class ReportSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task The_reports_of_a_run_can_be_made_again_and_say_the_same()
    {
        Needs.Rsync();
        using var site = new Site();
        for (var i = 0; i < 8; i++) site.AddFile($"reel-{i}", 10_000);
        site.WriteManifest(2, "buckets: 3");
        var migrated = await site.MigrateAsync();
        migrated.ExitCode.ShouldBe(0, migrated.Output);
        var folder = site.Runs.ShouldHaveSingleItem();
        var run = $"demo/{Path.GetFileName(folder)}";
        var first = Read(folder);
        foreach (var file in Directory.GetFiles(folder, "report.*")) File.Delete(file);

        var report = await site.RunAsync("--target=Report", $"--run={run}");

        report.ExitCode.ShouldBe(0, report.Output);
        foreach (var name in first.Keys) report.Output.ShouldContain($"  {Path.Combine(folder, name)}");
        Read(folder).ShouldBe(first);
        var said = JsonNode.Parse(first["report.json"])!;
        ((string?)said["kind"], (string?)said["status"]!["state"], (long)said["run"]!["movedBytes"]!, (string?)said["run"]!["hosts"]![0]!["name"]).ShouldBe(("run", "finished", 80_000, "here"));
        ((string?)said["run"]!["hosts"]![0]!["mover"]).ShouldNotBeNull().ShouldStartWith("rsync 3.");
        (await site.RunAsync()).Output.ShouldMatch($@"  last runs .*\n  {run}  100 %  .* UTC  finished\n");
    }

    // What a report says of its own making is another each time.
    private static SortedDictionary<string, string> Read(string folder)
    {
        var files = new SortedDictionary<string, string>(Directory.GetFiles(folder, "report.*").ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText), StringComparer.Ordinal);
        files.Keys.ShouldBe(["report.html", "report.json", "report.junit.xml", "report.md"]);
        var json = JsonNode.Parse(files["report.json"])!.AsObject();
        (json["made"], json["status"]!["at"]) = ("", "");
        files["report.json"] = json.ToJsonString();
        files["report.html"] = Regex.Replace(files["report.html"], "<span data-figure=\"made\".*?</span>", "", RegexOptions.None, TimeSpan.FromSeconds(5));
        return files;
    }

    /// <summary>The only failure that a run's JUnit report has.</summary>
    internal static XElement FailureOf(Site site) =>
        XDocument.Load(Path.Combine(site.Runs.ShouldHaveSingleItem(), "report.junit.xml")).Descendants("failure").ShouldHaveSingleItem();
}
