using System.Security.Cryptography;
using System.Text;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class AuditSpecs
{
    private const string Head = "# qsplit evidence 1 music/202611221730-cutover\n";

    [Fact(Timeout = HangLimit)]
    public async Task I_can_audit_evidence_wherever_it_lies_without_a_manifest()
    {
        using var site = new Site();
        var digest = Close(site["elsewhere"]);

        var whole = await site.RunAsync("--target=Audit", "--evidence=elsewhere", $"--digest={digest}");
        whole.ExitCode.ShouldBe(0, whole.Output);
        whole.Output.ShouldContain("Of          music/202611221730-cutover");
        whole.Output.ShouldContain("Files       2, 11 B");
        whole.Output.ShouldContain($"Digest      sha256:{digest}");
        whole.Output.ShouldContain("Signed by   nobody");
        whole.Output.ShouldContain("It is as it was when it was closed, to the byte.");

        File.WriteAllText(site["elsewhere/b"], "Seconds");
        var changed = await site.RunAsync("--target=Audit", "--evidence=elsewhere");
        changed.ExitCode.ShouldBe(1, changed.Output);
        changed.Output.ShouldContain("is not what was signed off: 1 finding.");
        changed.Output.ShouldContain("  b was changed: it was 6 bytes with SHA-256 ");

        (await site.RunAsync("--target=Audit", "--evidence=nowhere")).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(3), run => run.Output.ShouldContain(site["nowhere"]));
        site.WriteManifest(1);
        (await site.RunAsync("--target=Audit")).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(2), run => run.Output.ShouldContain("There is no evidence of demo here"));
    }

    // As the README tells people the rule.
    private static string Close(string folder)
    {
        Directory.CreateDirectory(folder);
        var (link, chain) = (Sha256(Head), new StringBuilder(Head));
        foreach (var (name, content) in ((string, string)[])[("a", "first"), ("b", "second")])
        {
            File.WriteAllText(Path.Combine(folder, name), content);
            var file = $"{Sha256(content)} {content.Length} {name}";
            link = Sha256($"{link} {file}\n");
            chain.Append($"{link} {file}\n");
        }
        File.WriteAllText(Path.Combine(folder, "chain.txt"), chain.ToString());
        File.WriteAllText(Path.Combine(folder, "digest.txt"), $"qsplit evidence 1 sha256:{link} music/202611221730-cutover\n");
        return link;
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
