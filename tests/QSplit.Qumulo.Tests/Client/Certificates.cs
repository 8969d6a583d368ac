using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>Certificates for a moment.</summary>
internal static class Certificates
{
    public static X509Certificate2 SelfSigned(string name = "localhost") => Request(name, authority: false).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));

    public static X509Certificate2 Authority(string name = "Authority of the house") => Request(name, authority: true).CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));

    /// <param name="from">Days from now.</param>
    /// <param name="until">Days from now.</param>
    public static X509Certificate2 SignedBy(X509Certificate2 authority, string name = "localhost", int from = -1, int until = 1, bool forAuthority = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, forAuthority, key);
        using var signed = request.Create(authority, Now.AddDays(from), Now.AddDays(until), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A PEM file with them.</summary>
    public static string Pem(this TemporaryFolder folder, params X509Certificate2[] certificates)
    {
        var file = folder[$"{Guid.NewGuid():N}.pem"];
        File.WriteAllLines(file, certificates.Select(certificate => certificate.ExportCertificatePem()));
        return file;
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CertificateRequest Request(string name, bool authority, ECDsa? key = null)
    {
        var request = new CertificateRequest($"CN={name}", key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        if (authority) return request;
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost") names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
