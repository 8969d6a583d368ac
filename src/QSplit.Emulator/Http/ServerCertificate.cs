using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QSplit.Emulator.Http;

/// <summary>The certificate that the server shows, signed by itself, as clusters have it out of the box.</summary>
internal static class ServerCertificate
{
    // A clock that is wrong must not stand in the way.
    private static readonly DateTimeOffset From = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2049, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The certificate in a file, made with its key if the file is not there.</summary>
    /// <exception cref="StorageException">The file cannot be read or written, or holds no certificate with a key.</exception>
    public static X509Certificate2 Keep(string file, IPAddress address)
    {
        try
        {
            if (File.Exists(file)) return X509Certificate2.CreateFromPemFile(file);
            var made = Make(address);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.Write($"{made.ExportCertificatePem()}\n{made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StorageException($"The certificate {file} cannot be used: {e.Message} It must be a PEM file with a certificate and its key, or a name in a directory that can be written to.", e);
        }
    }

    public static X509Certificate2 Make(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=QSplit emulator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var known in new HashSet<IPAddress> { IPAddress.Loopback, IPAddress.IPv6Loopback, address }) names.AddIpAddress(known);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // server authentication
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(From, To);
    }

    /// <summary><c>sha256:</c> and 64 hexadecimal digits, lower case, of the whole certificate.</summary>
    public static string Fingerprint(X509Certificate2 certificate) => "sha256:" + certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
}
