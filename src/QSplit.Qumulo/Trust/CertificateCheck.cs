using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using QSplit.Manifests;

namespace QSplit.Qumulo.Trust;

/// <summary>
/// Whether a server is who it should be: by the authorities of the system, by the manifest's <c>certificate</c> (an authority's, or the
/// server's own) or <c>fingerprint</c>, or unchecked. Why a server was refused is kept, for the message.
/// </summary>
internal sealed class CertificateCheck : IDisposable
{
    private readonly Cluster _cluster;
    private readonly X509Certificate2Collection _given;
    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="StorageException">The manifest's certificate file cannot be read.</exception>
    public CertificateCheck(Cluster cluster)
    {
        _cluster = cluster;
        _given = cluster.Certificate is { } file ? Read(file) : [];
    }

    /// <summary>For the handshakes of one client.</summary>
    public SslClientAuthenticationOptions Options
    {
        get
        {
            var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            if (_given.Count > 0)
            {
                policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                policy.CustomTrustStore.AddRange(_given);
                // An authority that is itself signed by another need not come with that one: whether a given one is in the chain is looked at here.
                policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
            }
            return new()
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => Accepts(((SslStream)sender).TargetHostName, certificate, chain, errors),
            };
        }
    }

    /// <summary>Why the certificate of <paramref name="host"/> was refused, with what to try; null when it was not.</summary>
    public string? RefusalOf(string host) => _refusals.GetValueOrDefault(host.Trim('[', ']'));

    public void Dispose()
    {
        foreach (var certificate in _given) certificate.Dispose();
    }

    /// <summary>The line for the manifest.</summary>
    public static string FingerprintOf(X509Certificate certificate) => "sha256:" + Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    private bool Accepts(string host, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_cluster.Insecure) return true;
        var why = shown is not X509Certificate2 certificate ? "it shows no certificate. Does the REST API listen on that port?" : WhyNot(host, certificate, chain, errors);
        if (why is null) _refusals.TryRemove(host, out _);
        else _refusals[host] = why;
        return why is null;
    }

    private string? WhyNot(string host, X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_cluster.Fingerprint is { } expected)
        {
            return FingerprintOf(certificate) == expected ? null
                : Refusals.Text(certificate, $"it is not the one in the manifest ({expected}): the cluster has got a new one, or something else answers in its place");
        }
        if (_given.Any(one => one.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))) return null;
        if (Refusals.Reason(host, certificate, chain, errors, _cluster.Certificate) is { } reason) return Refusals.Text(certificate, reason);
        return _given.Count == 0 || chain!.ChainElements.Any(link => _given.Any(one => one.RawDataMemory.Span.SequenceEqual(link.Certificate.RawDataMemory.Span)))
            ? null
            : Refusals.Text(certificate, Refusals.NotSignedBy(certificate, _cluster.Certificate!));
    }

    private X509Certificate2Collection Read(string file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(error.Message);
        }
        return found.Count > 0 ? found : throw Unusable("there is no certificate in it.");

        StorageException Unusable(string why) => new(
            $"Cluster {_cluster.Name}: certificate file {file} cannot be used: {why} It must be PEM, with '-----BEGIN CERTIFICATE-----': " +
            "the authority that signed the cluster's certificate, or that certificate itself.");
    }
}
