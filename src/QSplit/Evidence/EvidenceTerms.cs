namespace QSplit.Evidence;

/// <summary>An evidence folder, and what is known of it from elsewhere.</summary>
/// <param name="Folder">In full.</param>
/// <param name="Signers">A file of ssh-keygen's allowed signers, in full; null to take any key.</param>
/// <param name="Digest">64 hexadecimal digits in lower case, as kept elsewhere; null for none.</param>
internal sealed record EvidenceTerms(string Folder, string? Signers, string? Digest);
