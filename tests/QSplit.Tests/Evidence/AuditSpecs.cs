using System.Security.Cryptography;
using QSplit.Evidence;

namespace QSplit.Tests.Evidence;

public sealed class AuditSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_folder_that_nobody_touched_is_whole()
    {
        using var site = EvidenceSite.WithFiles();
        var digest = site.Close();

        var audit = await site.AuditAsync(digest: digest.Sha256);

        audit.Findings.ShouldBeEmpty();
        audit.ShouldBe(new(site.Folder, 5, 21, EvidenceSite.Subject, digest.Sha256, null, audit.Findings));
    }

    // Chain and digest are small: no byte of them is left out, and no signature helps.
    [Fact(Timeout = HangLimit)]
    public async Task Any_byte_that_was_flipped_is_found_and_its_file_is_named()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        foreach (var name in Directory.GetFiles(site.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(site.Folder, path)).Order(StringComparer.Ordinal))
            foreach (var at in Enumerable.Range(0, (int)new FileInfo(site[name]).Length))
                await FlipAsync(site, name, at, 1 << (at % 8));

        (await site.AuditAsync()).Findings.ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_same_in_any_folder(int seed)
    {
        var random = new Random(seed);
        using var site = new EvidenceSite();
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var name = $"{new string('d', random.Next(1, 4))}/{random.Next(1000)}.txt";
            var content = new byte[random.Next(4) == 0 ? (1 << 20) + random.Next(-1, 2) : random.Next(1, 5000)];
            random.NextBytes(content);
            site.Add(name, content);
            sizes[name] = content.Length;
        }
        site.Close();
        foreach (var (name, size) in sizes.OrderBy(_ => random.Next()).Take(8))
            foreach (var at in (int[])[0, size - 1, random.Next(size)])
                await FlipAsync(site, name, at, 1 << random.Next(8));
    }

    // One file is one finding: an audit that blames the chain behind it, too, says nothing.
    private static async Task FlipAsync(EvidenceSite site, string name, int at, int bits)
    {
        Flip(site[name], at, bits);
        var findings = (await site.AuditAsync()).Findings;
        Flip(site[name], at, bits);
        findings.ShouldContain(finding => finding.File == name, $"byte {at} of {name}");
        if (name != "chain.txt") findings.ShouldHaveSingleItem($"byte {at} of {name}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_file_that_was_changed_is_told_with_what_it_was()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        site.Add("sums/10.md5.gz", "tens"u8);

        var finding = (await site.AuditAsync()).Findings.ShouldHaveSingleItem();

        finding.ShouldBe(new("sums/10.md5.gz", $"was changed: it was 3 bytes with SHA-256 {Sha256("ten"u8)}, and is 4 bytes with SHA-256 {Sha256("tens"u8)}"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Files_that_were_taken_out_put_in_renamed_or_swapped_are_named()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();

        File.Move(site["empty"], site["sums/.hidden"]);
        (await site.AuditAsync()).Findings.Select(f => f.ToString()[..25]).ShouldBe(["empty is missing: 0 bytes", "sums/.hidden is not in th"]);
        File.Move(site["sums/.hidden"], site["empty"]);

        File.Move(site["sums/1.md5.gz"], site["swap"]);
        File.Move(site["sums/10.md5.gz"], site["sums/1.md5.gz"]);
        File.Move(site["swap"], site["sums/10.md5.gz"]);
        (await site.AuditAsync()).Findings.Select(f => f.ToString()[..26]).ShouldBe(["sums/1.md5.gz was changed:", "sums/10.md5.gz was changed"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_line_of_the_chain_that_was_changed_is_told_by_its_number_and_the_file_is_not_blamed()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        var lines = File.ReadAllLines(site["chain.txt"]);
        var at = Array.FindIndex(lines, line => line.EndsWith("manifest.yml", StringComparison.Ordinal));

        await ExpectAsync($"chain.txt line {at + 1} was changed: manifest.yml is as it was", [.. lines[..at], lines[at].Replace(" 11 ", " 12 ", StringComparison.Ordinal), .. lines[(at + 1)..]]);
        await ExpectAsync($"chain.txt line {at + 1} (manifest.yml) does not follow", [.. lines[..at], new string('0', 64) + lines[at][64..], .. lines[(at + 1)..]]);
        await ExpectAsync("chain.txt line 1 is not '# qsplit evidence 1 ...'", ["# qsplit evidence 2" + lines[0][19..], .. lines[1..]]);
        await ExpectAsync($"chain.txt line {at + 1} is not LINK SHA-256 SIZE PATH", [.. lines[..at], "", .. lines[at..]]);
        await ExpectAsync("manifest.yml is not in the chain", [.. lines[..at], .. lines[(at + 1)..]]);
        // Cut off behind any of its lines.
        for (var n = 0; n < lines.Length; n++) await ExpectAsync(null, lines[..n]);

        async Task ExpectAsync(string? said, string[] changed)
        {
            File.WriteAllLines(site["chain.txt"], changed);
            var findings = (await site.AuditAsync()).Findings.Select(finding => finding.ToString()).ToList();
            if (said is null) findings.ShouldNotBeEmpty();
            else findings.ShouldContain(finding => finding.StartsWith(said, StringComparison.Ordinal), string.Join('\n', findings));
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_chain_that_fits_but_is_not_in_order_is_not_of_this_folder()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        var written = WrittenChain.Read(File.ReadAllBytes(site["chain.txt"]));
        var forged = new EvidenceChain(written.Head, [.. written.Lines.Reverse().Select(line => line.File!)]);
        File.WriteAllBytes(site["chain.txt"], forged.ToBytes());
        File.WriteAllBytes(site["digest.txt"], new EvidenceDigest(forged.Last, EvidenceSite.Subject).ToBytes());

        (await site.AuditAsync()).Findings.ShouldHaveSingleItem().Problem.ShouldStartWith("is not the chain of this folder");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Evidence_that_was_made_anew_is_found_by_a_digest_that_was_kept_elsewhere()
    {
        using var site = EvidenceSite.WithFiles();
        var kept = site.Close();
        site.Add("manifest.yml", "version: 2\n"u8);
        site.Close();

        (await site.AuditAsync()).Findings.ShouldBeEmpty();
        (await site.AuditAsync(digest: kept.Sha256)).Findings.ShouldHaveSingleItem().Problem.ShouldContain($"the digest that was kept is {kept.Sha256}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_folder_that_is_being_written_is_unfinished()
    {
        using var site = EvidenceSite.WithFiles();
        (await site.AuditAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe("chain.txt is missing: the folder was never closed, and nothing in it is proven");
        site.Close();
        File.Delete(site["digest.txt"]);
        (await site.AuditAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe("digest.txt is missing");
        site.Close();
        File.Delete(site["chain.txt"]);
        (await site.AuditAsync()).Findings.ShouldHaveSingleItem().Problem.ShouldStartWith("is missing: it was taken out");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_folder_that_is_not_there_is_no_finding_but_a_failure()
    {
        using var site = new EvidenceSite();
        Directory.Delete(site.Folder);
        (await Should.ThrowAsync<StorageException>(() => site.AuditAsync())).Message.ShouldContain(site.Folder);
    }

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    internal static void Flip(string path, int at, int bits)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var was = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(was ^ bits));
    }
}
