using QSplit.Lasting;

namespace QSplit.Evidence;

/// <summary>Closes a folder of evidence: binds all files in it to each other and to one digest, which can be signed.</summary>
internal static class EvidenceFolder
{
    /// <summary>
    /// Writes <c>digest.txt</c>, then <c>chain.txt</c>: where that is, the folder is whole, and what lies in it is on disk. A folder that is closed already and in which nothing
    /// was changed keeps both, and its signature; otherwise they are made anew, and the signature, which is of another digest, goes.
    /// </summary>
    /// <param name="subject">What it is evidence of: <c>music/202611221730-cutover</c>.</param>
    /// <exception cref="StorageException">The folder is empty, cannot be read or written, or something is in it that can be in no chain.</exception>
    public static EvidenceDigest Close(string folder, string subject, CancellationToken cancellationToken) => Doing(folder, "closed", () =>
    {
        string[] made = [EvidenceChain.FileName, EvidenceDigest.SignatureName, EvidenceDigest.FileName];
        foreach (var name in made) File.Delete(Path.Combine(folder, name + ".new"));
        var head = ChainHead.Write(subject);
        var listing = EvidenceListing.Of(folder);
        if (!listing.Refused.IsEmpty) throw new StorageException($"The evidence in {folder} cannot be closed: {listing.Refused[0]}. Take it away, then try again.");
        if (listing.Files.IsEmpty) throw new StorageException($"The evidence in {folder} cannot be closed: there is none.");

        var chain = new EvidenceChain(head, [.. listing.Files.Select(path => EvidenceHashing.Hash(folder, path, isToLast: true, cancellationToken))]);
        var digest = new EvidenceDigest(chain.Last, subject);
        if (Has(folder, EvidenceChain.FileName, chain.ToBytes()) && Has(folder, EvidenceDigest.FileName, digest.ToBytes())) return digest;
        foreach (var name in made) LastingFile.Delete(Path.Combine(folder, name));
        foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) LastingFile.FlushDirectory(below);
        LastingFile.Write(Path.Combine(folder, EvidenceDigest.FileName), digest.ToBytes());
        LastingFile.Write(Path.Combine(folder, EvidenceChain.FileName), chain.ToBytes());
        return digest;
    });

    /// <summary>Signs the digest of a folder that is closed; a signature that is there already is replaced.</summary>
    /// <param name="key">A private key, or the public one of a key that an agent holds.</param>
    /// <exception cref="StorageException">The folder is not closed or cannot be written, ssh-keygen is not there, or it cannot sign with this key.</exception>
    public static async Task SignAsync(string folder, string key, SshKeygen keygen, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, EvidenceChain.FileName))) throw new StorageException($"The evidence in {folder} cannot be signed: it is not closed.");
        var digest = Doing(folder, "signed", () => File.ReadAllBytes(Path.Combine(folder, EvidenceDigest.FileName)));
        var signature = await keygen.SignAsync(key, digest, cancellationToken);
        Doing(folder, "signed", () =>
        {
            LastingFile.Write(Path.Combine(folder, EvidenceDigest.SignatureName), signature);
            return true;
        });
    }

    private static bool Has(string folder, string name, byte[] content) =>
        Path.Combine(folder, name) is var path && File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    private static T Doing<T>(string folder, string what, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The evidence in {folder} cannot be {what}: {e.Message} Mend the permissions or free some room there, then try again.", e);
        }
    }
}
