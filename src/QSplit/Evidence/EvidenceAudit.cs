using System.Collections.Immutable;

namespace QSplit.Evidence;

/// <summary>What an audit found of an evidence folder.</summary>
/// <param name="Folder">In full.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Bytes">Their sizes in all.</param>
/// <param name="Subject">What it is evidence of; null where its chain does not say.</param>
/// <param name="Digest">64 hexadecimal digits that stand for the folder as it is now; null where it has no chain.</param>
/// <param name="Signer">Who signed it; null where nobody did, or the signature is not good.</param>
/// <param name="Findings">All that is wrong; empty where the folder is as it was closed.</param>
public sealed record EvidenceAudit(string Folder, int Files, long Bytes, string? Subject, string? Digest, EvidenceSigner? Signer, ImmutableArray<EvidenceFinding> Findings)
{
    public bool IsWhole => Findings.IsEmpty;
}

/// <summary>Whose signature it is.</summary>
/// <param name="KeyType"><c>ssh-ed25519</c></param>
/// <param name="Fingerprint"><c>SHA256:...</c></param>
/// <param name="Who">As the file of allowed signers names them; null where none was given, so that nobody knows whose key it is.</param>
public sealed record EvidenceSigner(string KeyType, string Fingerprint, string? Who);
