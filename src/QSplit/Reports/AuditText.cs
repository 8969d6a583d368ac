using System.Collections.Immutable;
using QSplit.Evidence;

namespace QSplit.Reports;

/// <summary>What an audit of evidence found, in words and figures: pure.</summary>
public static class AuditText
{
    private const int Width = 12;

    /// <summary>Of what it is, how much, its digest and who signed it.</summary>
    public static ImmutableArray<string> Lines(EvidenceAudit audit) =>
    [
        Line("Evidence", audit.Folder),
        Line("Of", audit.Subject ?? "-"),
        Line("Files", $"{Humane.Count(audit.Files)}, {Humane.Bytes(audit.Bytes)}"),
        Line("Digest", audit.Digest is { } digest ? $"sha256:{digest}" : "-"),
        Line("Signed by", SignedBy(audit)),
        .. audit.IsWhole ? ["It is as it was when it was closed, to the byte."] : ImmutableArray<string>.Empty,
    ];

    /// <summary>All that is wrong, a line for each, below a sentence.</summary>
    public static string WhatIsWrong(EvidenceAudit audit) => string.Join(
        Environment.NewLine,
        audit.Findings.Select(finding => $"  {finding}").Prepend($"The evidence in {audit.Folder} is not what was signed off: {Humane.Count(audit.Findings.Length, "finding", "findings")}."));

    private static string SignedBy(EvidenceAudit audit) => audit.Signer switch
    {
        null when !audit.IsWhole => "-",
        null => "nobody: whoever can write there can make it all anew. --digest=HEX compares with a digest that was kept elsewhere",
        { Who: null } signer => $"{signer.KeyType} {signer.Fingerprint}; whose key that is was not checked: --signers=FILE",
        var signer => $"{signer.Who} ({signer.KeyType} {signer.Fingerprint})",
    };

    private static string Line(string name, string value) => $"{name.PadRight(Width)}{value}";
}
