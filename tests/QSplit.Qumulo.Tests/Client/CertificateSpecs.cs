using System.Security.Cryptography.X509Certificates;
using QSplit.Manifests;
using QSplit.Qumulo.Trust;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Client;

public sealed class CertificateSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = HangLimit)]
    public async Task A_self_signed_certificate_is_refused_with_the_line_that_would_trust_it()
    {
        using var certificate = Certificates.SelfSigned();
        var error = await Refused(certificate, manifest => manifest with { Fingerprint = null });
        error.ShouldContain("it is self-signed");
        error.ShouldContain("subject: CN=localhost");
        error.ShouldContain($"\n  fingerprint: {CertificateCheck.FingerprintOf(certificate)}\n");
        error.ShouldContain("--fingerprint=sha256:");
        error.ShouldContain("openssl x509 -in certificate.pem -noout -fingerprint -sha256");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_line_in_the_message_is_what_openssl_says()
    {
        using var certificate = Certificates.SelfSigned();
        var openssl = Tool.Read("openssl", "x509", "-in", _folder.Pem(certificate), "-noout", "-fingerprint", "-sha256");
        CertificateCheck.FingerprintOf(certificate).ShouldBe("sha256:" + openssl.Trim().Split('=')[1].Replace(":", "", StringComparison.Ordinal).ToLowerInvariant());
        await Accepted(certificate, manifest => manifest with { Fingerprint = CertificateCheck.FingerprintOf(certificate) });
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_certificate_than_the_one_in_the_manifest_is_refused()
    {
        using var certificate = Certificates.SelfSigned();
        using var other = Certificates.SelfSigned();
        var error = await Refused(certificate, manifest => manifest with { Fingerprint = CertificateCheck.FingerprintOf(other) });
        error.ShouldContain($"it is not the one in the manifest ({CertificateCheck.FingerprintOf(other)})");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_authority_vouches_for_a_cluster(bool byOneBetween)
    {
        using var root = Certificates.Authority();
        using var between = Certificates.SignedBy(root, "Authority of the floor", forAuthority: true);
        using var certificate = Certificates.SignedBy(byOneBetween ? between : root);
        await Accepted(certificate, manifest => manifest with { Certificate = _folder.Pem(byOneBetween ? between : root) });
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_authority_does_not_vouch_for_another_name()
    {
        using var root = Certificates.Authority();
        using var certificate = Certificates.SignedBy(root, "elsewhere.example.com");
        (await Refused(certificate, manifest => manifest with { Certificate = _folder.Pem(root) })).ShouldContain("it is made out for elsewhere.example.com, not for 127.0.0.1");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        using var root = Certificates.Authority();
        using var other = Certificates.Authority("Authority of the street");
        using var certificate = Certificates.SignedBy(other);
        var file = _folder.Pem(root);
        (await Refused(certificate, manifest => manifest with { Certificate = file })).ShouldContain($"it is signed by CN=Authority of the street, which is not in {file}");
        (await Refused(certificate, manifest => manifest)).ShouldContain("it is signed by CN=Authority of the street, which is not among the authorities this system trusts");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_authority_of_the_same_name_but_another_key_is_refused()
    {
        using var root = Certificates.Authority();
        using var other = Certificates.Authority();
        using var certificate = Certificates.SignedBy(other);
        (await Refused(certificate, manifest => manifest with { Certificate = _folder.Pem(root) })).ShouldContain("certificate is refused");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(-20, -10, "it has expired on ")]
    [InlineData(10, 20, "it is not valid before ")]
    public async Task A_certificate_out_of_its_time_is_refused(int from, int until, string why)
    {
        using var root = Certificates.Authority();
        using var certificate = Certificates.SignedBy(root, from: from, until: until);
        (await Refused(certificate, manifest => manifest with { Certificate = _folder.Pem(root) })).ShouldContain(why);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("localhost")]
    [InlineData("elsewhere.example.com")]
    public async Task The_clusters_own_certificate_as_a_file_is_enough_whatever_its_name(string name)
    {
        using var certificate = Certificates.SelfSigned(name);
        await Accepted(certificate, manifest => manifest with { Certificate = _folder.Pem(certificate) });
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_self_signed_certificate_than_the_one_in_the_file_is_refused()
    {
        using var certificate = Certificates.SelfSigned();
        using var other = Certificates.SelfSigned();
        (await Refused(certificate, manifest => manifest with { Certificate = _folder.Pem(other) })).ShouldContain("it is self-signed");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(null)]
    [InlineData("no certificate in here")]
    public async Task A_certificate_file_that_cannot_be_used_is_said(string? text)
    {
        using var certificate = Certificates.SelfSigned();
        if (text is not null) File.WriteAllText(_folder["bad.pem"], text);
        (await Refused(certificate, manifest => manifest with { Certificate = _folder["bad.pem"] })).ShouldContain($"certificate file {_folder["bad.pem"]} cannot be used: ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Unchecked_it_works_and_warns_each_time()
    {
        using var certificate = Certificates.SelfSigned("elsewhere.example.com");
        for (var i = 0; i < 2; i++)
            (await Accepted(certificate, manifest => manifest with { Insecure = true })).ShouldHaveSingleItem().ShouldStartWith("WARNING: cluster music: its certificate is NOT checked");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_is_sent_to_a_server_that_is_refused_and_it_is_not_asked_again()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        var time = new HurriedTime();
        await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(time, manifest: cluster.Manifest with { Fingerprint = null }));
        cluster.Heard.ShouldBeEmpty();
        time.Waits.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<List<string>> Accepted(X509Certificate2 certificate, Func<Cluster, Cluster> change)
    {
        await using var cluster = await ScriptedCluster.StartAsync(certificate);
        var warnings = new List<string>();
        await using var client = await cluster.ConnectAsync(warn: warnings.Add, manifest: change(cluster.Manifest with { Fingerprint = null }));
        return warnings;
    }

    private static async Task<string> Refused(X509Certificate2 certificate, Func<Cluster, Cluster> change)
    {
        await using var cluster = await ScriptedCluster.StartAsync(certificate);
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: change(cluster.Manifest with { Fingerprint = null })));
        cluster.Heard.ShouldBeEmpty();
        return error.Message;
    }
}
