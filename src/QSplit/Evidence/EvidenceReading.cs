using System.Collections.Immutable;

namespace QSplit.Evidence;

/// <summary>An evidence folder as it is now, all of its files read.</summary>
/// <param name="Chain">All of <c>chain.txt</c>; null where there is none. The same of the other two.</param>
internal sealed record EvidenceReading(ImmutableArray<EvidenceFile> Files, ImmutableArray<EvidenceFinding> Refused, byte[]? Chain, byte[]? Digest, byte[]? Signature)
{
    /// <exception cref="StorageException">It is not there, or cannot be read.</exception>
    public static EvidenceReading Of(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) throw new StorageException($"There is no evidence to audit: {folder} is not there, or is no directory.");
        try
        {
            var listing = EvidenceListing.Of(folder);
            return new(
                [.. listing.Files.Select(path => EvidenceHashing.Hash(folder, path, isToLast: false, cancellationToken))],
                listing.Refused,
                Read(folder, EvidenceChain.FileName, listing),
                Read(folder, EvidenceDigest.FileName, listing),
                Read(folder, EvidenceDigest.SignatureName, listing));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The evidence in {folder} cannot be read: {e.Message} Mend the permissions there, or copy it to a disk that is well.", e);
        }
    }

    private static byte[]? Read(string folder, string name, EvidenceListing listing) =>
        File.Exists(Path.Combine(folder, name)) && listing.Refused.All(refused => refused.File != name) ? File.ReadAllBytes(Path.Combine(folder, name)) : null;
}
