using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>The SHA-256 of a certificate, as people copy it: with colons or without, in any case.</summary>
internal static partial class CertificateFingerprint
{
    /// <summary><c>sha256:</c> and 64 hexadecimal digits in lower case; or why the text is no fingerprint.</summary>
    public static Parsed<string> Read(string text) => Shape().IsMatch(text)
        ? "sha256:" + text[7..].Replace(":", "", StringComparison.Ordinal).ToLowerInvariant()
        : new Wrong("must be 'sha256:' and 64 hexadecimal digits");

    [GeneratedRegex(@"^sha256:(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}\z", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Shape();
}
