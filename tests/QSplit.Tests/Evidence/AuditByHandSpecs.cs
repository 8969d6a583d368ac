using QSplit.Testing;

namespace QSplit.Tests.Evidence;

/// <summary>The lines that the head of the chain has for people who do not have QSplit.</summary>
public sealed class AuditByHandSpecs
{
    private const string Mark = "#     ";

    [Fact(Timeout = HangLimit)]
    public async Task I_can_check_evidence_with_nothing_but_a_shell()
    {
        if (Tool.Run("sh", "-c", "command -v sha256sum && command -v ssh-keygen").ExitCode != 0) Assert.Skip("Needs sha256sum and ssh-keygen: install packages coreutils and openssh-client");
        using var site = EvidenceSite.WithFiles();
        var alice = site.NewKey("alice");
        site.Close();
        await site.SignAsync(alice);
        var signers = site.Signers(("alice@example.com", alice));
        var script = File.ReadLines(site["chain.txt"]).Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => line[Mark.Length..].Replace("SIGNERS", $"'{signers}'", StringComparison.Ordinal).Replace("WHO", "alice@example.com", StringComparison.Ordinal)).ToList();
        script.Count.ShouldBe(7);

        foreach (var shell in (string[])["sh", "bash"])
        {
            var whole = ByHand(shell);
            whole.ExitCode.ShouldBe(0, whole.Output + whole.Errors);
            whole.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith("Good \"qsplit\" signature ", StringComparison.Ordinal));
        }

        // Anywhere in the evidence, the chain, its head, the digest.
        foreach (var name in (string[])["manifest.yml", "sums/1.md5.gz", "digest.txt", "chain.txt"])
            foreach (var at in (int[])[0, 4, (int)new FileInfo(site[name]).Length / 2, (int)new FileInfo(site[name]).Length - 1])
            {
                AuditSpecs.Flip(site[name], at, 1);
                ByHand("sh").ExitCode.ShouldNotBe(0, $"byte {at} of {name}");
                AuditSpecs.Flip(site[name], at, 1);
            }
        site.Add("sums/.more", "x"u8);
        ByHand("sh").ShouldSatisfyAllConditions(found => found.ExitCode.ShouldNotBe(0), found => found.Output.ShouldBe("sums/.more\n"));
        File.Delete(site["sums/.more"]);
        ByHand("sh").ExitCode.ShouldBe(0);

        ToolResult ByHand(string shell) => Tool.Run(shell, "-c", $"cd '{site.Folder}' || exit\n{string.Join('\n', script.Select(line => line.StartsWith("link=", StringComparison.Ordinal) ? line : line + " || exit"))}");
    }
}
