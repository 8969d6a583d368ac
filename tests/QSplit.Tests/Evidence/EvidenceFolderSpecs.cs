using System.Security.Cryptography;
using System.Text;
using QSplit.Evidence;
using QSplit.Testing;

namespace QSplit.Tests.Evidence;

public sealed class EvidenceFolderSpecs
{
    // Not by the code under test: by the rule that the head of the chain tells people.
    [Fact(Timeout = HangLimit)]
    public async Task The_chain_has_every_file_in_the_order_of_its_name_each_bound_to_those_before_it()
    {
        using var site = EvidenceSite.WithFiles();

        var digest = site.Close();

        var lines = await File.ReadAllLinesAsync(site["chain.txt"], TestContext.Current.CancellationToken);
        lines[0].ShouldBe("# qsplit evidence 1 music/202611221730-cutover");
        var link = Sha256(string.Concat(lines.Where(line => line[0] == '#').Select(line => line + "\n")));
        string[] names = ["empty", "manifest.yml", "plans/with blanks, é and 😀.json", "sums/1.md5.gz", "sums/10.md5.gz"];
        var expected = names.Select(name =>
        {
            var content = File.ReadAllBytes(site[name]);
            var file = $"{Convert.ToHexStringLower(SHA256.HashData(content))} {content.Length} {name}";
            link = Sha256($"{link} {file}\n");
            return $"{link} {file}";
        }).ToList();
        lines.SkipWhile(line => line[0] == '#').ShouldBe(expected);
        File.ReadAllText(site["digest.txt"]).ShouldBe($"qsplit evidence 1 sha256:{link} music/202611221730-cutover\n");
        digest.Sha256.ShouldBe(link);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Closing_twice_gives_the_same_digest_and_keeps_the_signature_unless_something_changed()
    {
        using var site = EvidenceSite.WithFiles();
        var first = site.Close();
        await site.SignAsync(site.NewKey("alice"));

        site.Close().ShouldBe(first);
        File.Exists(site["digest.txt.sig"]).ShouldBeTrue();

        site.Add("later", "x"u8);
        site.Close().ShouldNotBe(first);
        File.Exists(site["digest.txt.sig"]).ShouldBeFalse();
        (await site.AuditAsync()).Findings.ShouldBeEmpty();
        File.Delete(site["later"]);
        site.Close().ShouldBe(first);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_an_attempt_that_was_killed_left_is_no_evidence()
    {
        using var site = EvidenceSite.WithFiles();
        var clean = site.Close();
        File.Delete(site["chain.txt"]);
        foreach (var name in (string[])["chain.txt.new", "digest.txt.new", "digest.txt.sig.new"]) site.Add(name, "half"u8);

        site.Close().ShouldBe(clean);

        (await site.AuditAsync()).Findings.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Evidence_elsewhere_has_the_same_digest()
    {
        using var site = EvidenceSite.WithFiles();
        using var other = EvidenceSite.WithFiles();
        site.Close().ShouldBe(other.Close());
        (await other.AuditAsync()).Digest.ShouldBe(site.Close().Sha256);
        other.Add("empty", "x"u8);
        site.Close().ShouldNotBe(other.Close());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("ln -s manifest.yml link", "link is a symbolic link")]
    [InlineData("ln -s / sums/link", "sums/link is a symbolic link")]
    [InlineData("mkfifo pipe", "pipe is a pipe, a socket or a device")]
    [InlineData("touch 'a\nb'", @"a\#012b has a name that can be in no chain")]
    [InlineData("touch 'a\\b'", @"a\b has a name that can be in no chain")]
    [InlineData("mkdir ./-x; touch ./-x/y", "-x has a name that can be in no chain")]
    [InlineData("touch 'blank '", "blank  has a name that can be in no chain")]
    [InlineData("touch $(printf 'a\\377')", "has a name that can be in no chain")]
    public async Task What_can_be_in_no_chain_is_refused_and_found_when_it_comes_later(string made, string said)
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        Tool.Read("sh", "-c", $"cd '{site.Folder}' && {made}");

        (await site.AuditAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldContain(said);
        Should.Throw<StorageException>(() => site.Close()).Message.ShouldContain(said);
    }

    [Fact]
    public void A_folder_without_anything_in_it_is_no_evidence()
    {
        using var site = new EvidenceSite();
        Should.Throw<StorageException>(() => site.Close()).Message.ShouldContain("there is none");
        Directory.Delete(site.Folder);
        Should.Throw<StorageException>(() => site.Close()).Message.ShouldContain(site.Folder);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" music")]
    [InlineData("music\n# more")]
    public void What_it_is_of_is_one_line(string subject)
    {
        using var site = EvidenceSite.WithFiles();
        Should.Throw<ArgumentException>(() => EvidenceFolder.Close(site.Folder, subject, CancellationToken.None));
        Directory.GetFiles(site.Folder, "chain*").ShouldBeEmpty();
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
