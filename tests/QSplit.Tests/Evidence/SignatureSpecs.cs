using System.Collections.Immutable;
using QSplit.Evidence;
using QSplit.Testing;

namespace QSplit.Tests.Evidence;

public sealed class SignatureSpecs
{
    public SignatureSpecs()
    {
        if (Tool.Run("sh", "-c", "command -v ssh-keygen && command -v ssh-agent").ExitCode != 0) Assert.Skip("ssh-keygen is not there: install package openssh-client");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_signature_says_whose_it_is_where_I_say_who_may_sign()
    {
        using var site = EvidenceSite.WithFiles();
        var (alice, bob) = (site.NewKey("alice"), site.NewKey("bob"));
        site.Close();
        await site.SignAsync(alice);

        var audit = await site.AuditAsync(site.Signers(("bob@example.com", bob), ("alice@example.com", alice)));

        audit.Findings.ShouldBeEmpty();
        audit.Signer!.Who.ShouldBe("alice@example.com");
        Tool.Read("ssh-keygen", "-l", "-f", alice + ".pub").ShouldContain(audit.Signer.Fingerprint + " ");
        (await site.AuditAsync()).Signer.ShouldBe(audit.Signer with { Who = null });
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_signature_by_a_key_that_is_not_allowed_or_none_is_found()
    {
        using var site = EvidenceSite.WithFiles();
        var (alice, bob) = (site.NewKey("alice"), site.NewKey("bob"));
        site.Close();
        var signers = site.Signers(("bob@example.com", bob));

        (await site.AuditAsync(signers)).Findings.ShouldHaveSingleItem().ToString().ShouldBe("digest.txt.sig is missing: nobody has signed this");

        await site.SignAsync(alice);
        var audit = await site.AuditAsync(signers);
        audit.Findings.ShouldHaveSingleItem().ToString().ShouldMatch($@"digest.txt.sig is by the key ssh-ed25519 SHA256:\S+, which {signers} does not allow \(.+\)");
        audit.Signer.ShouldBeNull();

        // Of the same key for another purpose.
        File.WriteAllText(signers, $"alice@example.com namespaces=\"file\" {File.ReadAllText(alice + ".pub")}");
        (await site.AuditAsync(signers)).Findings.ShouldHaveSingleItem().Problem.ShouldContain("does not allow");

        await site.SignAsync(bob);
        (await site.AuditAsync(site.Signers(("bob@example.com", bob)))).Findings.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Any_byte_of_the_signature_that_was_flipped_is_found_and_so_is_one_that_was_added()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        await site.SignAsync(site.NewKey("alice"));
        var whole = File.ReadAllBytes(site["digest.txt.sig"]);
        var body = "-----BEGIN SSH SIGNATURE-----\n".Length;

        for (var at = 0; at < whole.Length; at++)
        {
            // A blank for a line feed, and the other way about, is what ssh-keygen itself does not mind.
            byte[] changed = [.. whole[..at], whole[at] == '\n' ? (byte)' ' : (byte)(whole[at] ^ 1), .. whole[(at + 1)..]];
            if (SshSignature.Read(changed) is null) continue;
            at.ShouldBeInRange(body, whole.Length - body);
            // Still a signature by its looks: ssh-keygen has to tell, which takes its time.
            if (at % 11 != 0) continue;
            File.WriteAllBytes(site["digest.txt.sig"], changed);
            (await site.AuditAsync()).Findings.ShouldHaveSingleItem($"byte {at}").File.ShouldBe("digest.txt.sig");
        }
        // What ssh-keygen takes: a version of 0, text behind the end.
        var text = System.Text.Encoding.ASCII.GetString(whole);
        foreach (var changed in (string[])[text.Replace("U1NIU0lHAAAAAQ", "U1NIU0lHAAAAAA", StringComparison.Ordinal), text + "\n", text.Replace("=\n", "= \n", StringComparison.Ordinal), text[..^1], ""])
        {
            changed.ShouldNotBe(text);
            File.WriteAllText(site["digest.txt.sig"], changed);
            (await site.AuditAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("digest.txt.sig was changed: ");
        }
        File.WriteAllBytes(site["digest.txt.sig"], whole);
        (await site.AuditAsync()).Findings.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_digest_that_was_made_anew_does_not_have_the_signature_of_the_old_one()
    {
        using var site = EvidenceSite.WithFiles();
        site.Close();
        await site.SignAsync(site.NewKey("alice"));
        var signature = File.ReadAllBytes(site["digest.txt.sig"]);
        site.Add("empty", "no more"u8);
        site.Close();
        File.WriteAllBytes(site["digest.txt.sig"], signature);

        (await site.AuditAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("digest.txt.sig is not a signature of digest.txt");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_key_with_a_passphrase_is_used_by_the_agent_that_holds_it_and_nobody_is_asked_without_one()
    {
        using var site = EvidenceSite.WithFiles();
        var key = site.NewKey("alice", "secret");
        site.Close();

        var failure = await Should.ThrowAsync<StorageException>(() => site.SignAsync(key));
        failure.Message.ShouldStartWith($"ssh-keygen cannot sign with {key}: ");
        failure.Message.ShouldContain("incorrect passphrase");
        failure.Message.ShouldContain("ssh-add");
        File.Exists(site["digest.txt.sig"]).ShouldBeFalse();

        site.GiveToAgent(key, "secret");
        await site.SignAsync(key + ".pub");
        (await site.AuditAsync(site.Signers(("alice@example.com", key)))).Signer!.Who.ShouldBe("alice@example.com");
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_missing_to_sign_or_to_check_is_named()
    {
        using var site = EvidenceSite.WithFiles();
        var key = site.NewKey("alice");
        (await Should.ThrowAsync<StorageException>(() => site.SignAsync(key))).Message.ShouldContain("is not closed");
        site.Close();

        (await Should.ThrowAsync<StorageException>(() => site.SignAsync(site.Beside("nobody")))).Message.ShouldContain("No such file or directory");
        (await Should.ThrowAsync<StorageException>(() => site.SignAsync(key, ImmutableDictionary<string, string>.Empty.Add("PATH", site.Folder)))).Message
            .ShouldContain("apt-get install openssh-client");
    }
}
