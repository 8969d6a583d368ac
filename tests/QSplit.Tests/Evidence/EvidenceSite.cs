using System.Collections.Immutable;
using System.Diagnostics;
using QSplit.Evidence;
using QSplit.Processes;
using QSplit.Testing;

namespace QSplit.Tests.Evidence;

/// <summary>A folder of evidence, and beside it keys to sign it with. All are gone in the end, and an agent, too.</summary>
internal sealed class EvidenceSite : IDisposable
{
    public const string Subject = "music/202611221730-cutover";
    private readonly TemporaryFolder _folder = new(TemporaryFolder.InMemory);
    private Process? _agent;

    public EvidenceSite()
    {
        Folder = _folder.MakeDirectory("evidence");
        Environment = DummyProgram.Environment.Add("SSH_AUTH_SOCK", _folder["none"]);
    }

    /// <summary>The evidence.</summary>
    public string Folder { get; }

    public ImmutableDictionary<string, string> Environment { get; private set; }

    /// <summary>A path in the folder of evidence.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>A path beside it.</summary>
    public string Beside(string name) => _folder[name];

    public static EvidenceSite WithFiles()
    {
        var site = new EvidenceSite();
        site.Add("manifest.yml", "version: 1\n"u8);
        site.Add("empty", ""u8);
        site.Add("sums/1.md5.gz", [0, 1, 2, 254, 255]);
        site.Add("sums/10.md5.gz", "ten"u8);
        site.Add("plans/with blanks, é and 😀.json", "{}"u8);
        return site;
    }

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
    }

    public EvidenceDigest Close() => EvidenceFolder.Close(Folder, Subject, TestContext.Current.CancellationToken);

    public Task SignAsync(string key, ImmutableDictionary<string, string>? environment = null) =>
        EvidenceFolder.SignAsync(Folder, key, Keygen(environment), TestContext.Current.CancellationToken);

    public Task<EvidenceAudit> AuditAsync(string? signers = null, string? digest = null) =>
        Auditor.RunAsync(new(Folder, signers, digest), Keygen(), TestContext.Current.CancellationToken);

    /// <summary>A new pair of keys; the path of the private one.</summary>
    public string NewKey(string name, string passphrase = "")
    {
        Tool.Read("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", Beside(name));
        return Beside(name);
    }

    /// <summary>A file of allowed signers.</summary>
    public string Signers(params IEnumerable<(string Who, string Key)> allowed)
    {
        File.WriteAllLines(Beside("signers"), allowed.Select(signer => $"{signer.Who} {File.ReadAllText(signer.Key + ".pub").Trim()}"));
        return Beside("signers");
    }

    /// <summary>Starts an agent that holds a key, and takes the private key away.</summary>
    public void GiveToAgent(string key, string passphrase)
    {
        var socket = Beside("agent");
        _agent = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", socket]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        // Said once it listens.
        _agent.StandardOutput.ReadLine().ShouldNotBeNull().ShouldContain(socket);
        File.WriteAllText(Beside("say"), $"#!/bin/sh\necho '{passphrase}'\n");
        Tool.Read("chmod", "+x", Beside("say"));
        Tool.Read("env", $"SSH_AUTH_SOCK={socket}", $"SSH_ASKPASS={Beside("say")}", "SSH_ASKPASS_REQUIRE=force", "ssh-add", "-q", key);
        File.Delete(key);
        Environment = Environment.SetItem("SSH_AUTH_SOCK", socket);
    }

    public void Dispose()
    {
        _agent?.Kill();
        _agent?.WaitForExit();
        _agent?.Dispose();
        _folder.Dispose();
    }

    private SshKeygen Keygen(ImmutableDictionary<string, string>? environment = null) => new(new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(5)), environment ?? Environment);
}
