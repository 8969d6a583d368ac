using System.Collections.Immutable;

namespace QSplit.Evidence;

/// <summary>Checks that a folder of evidence is what was closed, to the byte, and whose signature is on it.</summary>
internal static class Auditor
{
    /// <exception cref="StorageException">The folder is not there or cannot be read, or a signature is to be checked and ssh-keygen is not there.</exception>
    public static async Task<EvidenceAudit> RunAsync(EvidenceTerms terms, SshKeygen keygen, CancellationToken cancellationToken)
    {
        var found = EvidenceReading.Of(terms.Folder, cancellationToken);
        var (subject, digest, wrong) = found.Chain is { } chain ? OfChain(found, WrittenChain.Read(chain), chain, terms.Digest) : (null, null, [NoChain(found)]);
        var (signer, unsigned) = await OfSignatureAsync(found, terms, keygen, cancellationToken);
        return new(
            terms.Folder,
            found.Files.Length,
            found.Files.Sum(file => file.Size),
            subject,
            digest,
            signer,
            [.. found.Refused, .. wrong, .. unsigned is null ? ImmutableArray<EvidenceFinding>.Empty : [new(EvidenceDigest.SignatureName, unsigned)]]);
    }

    private static (string? Subject, string Digest, ImmutableArray<EvidenceFinding> Wrong) OfChain(EvidenceReading found, WrittenChain written, byte[] bytes, string? kept)
    {
        var (wrong, ends) = ChainFindings.Of(written, found.Files);
        var subject = ChainHead.SubjectOf(written.Head.Span);
        if (subject is null) wrong = wrong.Add(new(EvidenceChain.FileName, "line 1 is not '# qsplit evidence 1 ...': it was changed, or is of a version that this program does not know"));
        else if (OfDigest(found, [.. ends.Select(end => new EvidenceDigest(end, subject))]) is { } why) wrong = wrong.Add(new(EvidenceDigest.FileName, why));
        if (kept is not null && !ends.Contains(kept))
            wrong = wrong.Add(new(EvidenceChain.FileName, $"ends in {ends.FirstOrDefault("nothing")}, and the digest that was kept is {kept}: another folder, or all was made anew"));

        // Whatever the words for it: only what would be written now, to the byte, is right.
        var now = new EvidenceChain(written.Head, found.Files);
        if (wrong.IsEmpty && !(now.ToBytes().AsSpan().SequenceEqual(bytes) && found.Digest.AsSpan().SequenceEqual(new EvidenceDigest(now.Last, subject!).ToBytes())))
            wrong = [new(EvidenceChain.FileName, "is not the chain of this folder: its lines are in another order, or one is there twice")];
        return (subject, now.Last, wrong);
    }

    private static EvidenceFinding NoChain(EvidenceReading found) => new(EvidenceChain.FileName, found.Digest is null && found.Signature is null
        ? "is missing: the folder was never closed, and nothing in it is proven"
        : "is missing: it was taken out, or the folder was not closed to the end");

    private static string? OfDigest(EvidenceReading found, ImmutableArray<EvidenceDigest> fitting) =>
        found.Digest is not { } bytes ? "is missing"
        : fitting.IsEmpty || fitting.Any(digest => bytes.AsSpan().SequenceEqual(digest.ToBytes())) ? null
        : $"is not '{fitting[0]}', as the chain has it: it was changed, or the end of the chain was";

    private static async Task<(EvidenceSigner? Signer, string? Problem)> OfSignatureAsync(EvidenceReading found, EvidenceTerms terms, SshKeygen keygen, CancellationToken cancellationToken)
    {
        if (found.Signature is not { } bytes) return (null, terms.Signers is null ? null : "is missing: nobody has signed this");
        if (found.Digest is not { } digest) return (null, "signs nothing: digest.txt is missing");
        if (SshSignature.Read(bytes) is not { } signature) return (null, "was changed: it is not as ssh-keygen writes a signature");
        var path = Path.Combine(terms.Folder, EvidenceDigest.SignatureName);
        if (await keygen.WhyNotGoodAsync(path, digest, cancellationToken) is { } why)
            return (null, $"is not a signature of {EvidenceDigest.FileName}: one of them was changed ({why})");
        if (terms.Signers is not { } signers) return (new(signature.KeyType, signature.Fingerprint, null), null);
        var (who, unknown) = await keygen.WhoAsync(signers, path, digest, cancellationToken);
        return who is not null
            ? (new(signature.KeyType, signature.Fingerprint, who), null)
            : (null, $"is by the key {signature.KeyType} {signature.Fingerprint}, which {signers} does not allow ({unknown})");
    }
}
