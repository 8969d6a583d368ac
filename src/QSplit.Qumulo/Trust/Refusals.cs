using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace QSplit.Qumulo.Trust;

/// <summary>Why a certificate is refused, in words.</summary>
internal static class Refusals
{
    /// <summary>What is wrong with a certificate; null when nothing is.</summary>
    /// <param name="authorities">The file with those that are trusted; null for the system's.</param>
    public static string? Reason(string host, X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, string? authorities)
    {
        if (errors == SslPolicyErrors.None) return null;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && chain is not null)
        {
            var flaws = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            // Its name and issuer first: what is wrong with a certificate that anyone may have made does not matter.
            if (flaws.HasFlag(X509ChainStatusFlags.UntrustedRoot) || flaws.HasFlag(X509ChainStatusFlags.PartialChain)) return NotSignedBy(certificate, authorities);
            if (flaws.HasFlag(X509ChainStatusFlags.NotTimeValid)) return NotNow(chain, certificate);
            return $"it does not pass: {string.Join("; ", chain.ChainStatus.Select(one => one.StatusInformation.Trim().TrimEnd('.')).Distinct())}";
        }
        return $"it is made out for {Names(certificate)}, not for {host}: give the address by a name that it is made out for";
    }

    public static string NotSignedBy(X509Certificate2 certificate, string? authorities) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
        ? "it is self-signed, as a cluster's is out of the box"
        : $"it is signed by {certificate.Issuer}, which is not {(authorities is null ? "among the authorities this system trusts" : $"in {authorities}")}";

    /// <summary>The whole refusal: why, who it says it is, and how to trust it.</summary>
    public static string Text(X509Certificate2 certificate, string reason) =>
        $"""
        its certificate is refused: {reason}.
          subject: {certificate.Subject}
          valid:   {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}
        To trust this very certificate, put this line into the manifest, under the cluster (beside --source it is an option: --fingerprint=sha256:...):
          fingerprint: {CertificateCheck.FingerprintOf(certificate)}
        But first compare it with what the cluster's administrator sees (openssl x509 -in certificate.pem -noout -fingerprint -sha256): whoever sits between here and there can show one too. Or give the authority that signed it: 'certificate: authority.pem'.
        """;

    private static string NotNow(X509Chain chain, X509Certificate2 certificate)
    {
        var off = chain.ChainElements.FirstOrDefault(link => link.ChainElementStatus.Any(one => one.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)))?.Certificate ?? certificate;
        var whose = ReferenceEquals(off, certificate) || off.Thumbprint == certificate.Thumbprint ? "it" : $"the certificate of its authority {off.Subject}";
        return chain.ChainPolicy.VerificationTime.ToUniversalTime() < off.NotBefore.ToUniversalTime()
            ? $"{whose} is not valid before {off.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC (is the clock of this host right?)"
            : $"{whose} has expired on {off.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        string[] names = [.. alternatives.SelectMany(one => one.EnumerateDnsNames()), .. alternatives.SelectMany(one => one.EnumerateIPAddresses()).Select(ip => ip.ToString())];
        return names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
    }
}
