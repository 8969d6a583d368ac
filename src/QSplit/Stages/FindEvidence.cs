using System.Collections.Immutable;
using QSplit.Evidence;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>From the command line to the evidence that it asks about.</summary>
internal static class FindEvidence
{
    private const int DigestLength = 64;
    private const string Kind = "sha256:";

    /// <summary>The folder that is named; the manifest is not looked at then. Otherwise that of the last cutover of each migration that is asked for, or of all that had one.</summary>
    /// <exception cref="ManifestException">There is none, or what is known of it makes no sense.</exception>
    public static ImmutableArray<EvidenceTerms> Run(MigrationRequest request, Surroundings around)
    {
        var (signers, digest) = (SignersOf(request, around), DigestOf(request));
        ImmutableArray<string> folders = request.Evidence is { } named ? [InFull(named, around)] : Last(request, around);
        return digest is null || folders.Length == 1
            ? [.. folders.Select(folder => new EvidenceTerms(Path.TrimEndingDirectorySeparator(folder), signers, digest))]
            : throw new ManifestException($"--digest is of one folder, and there are {folders.Length}: name one, --evidence=FOLDER, or a migration, --migration=NAME.");
    }

    private static ImmutableArray<string> Last(MigrationRequest request, Surroundings around)
    {
        var found = ReadManifest.Run(request, around).Select(job => (job.Migration.Name, Folder: job.Folders.LastEvidenceOf(job.Migration.Name))).ToList();
        var without = found.Where(one => one.Folder is null).Select(one => one.Name).ToList();
        if (without.Count > 0 && (without.Count == found.Count || !request.Migrations.IsEmpty))
            throw new ManifestException($"There is no evidence of {string.Join(", ", without)} here: it is made by a cutover, in artifacts/runs/NAME/STAMP-cutover/evidence. For one that lies elsewhere: --evidence=FOLDER");
        return [.. found.Select(one => one.Folder).OfType<string>()];
    }

    private static string? SignersOf(MigrationRequest request, Surroundings around) =>
        request.Signers is not { } file ? null
        : InFull(file, around) is var path && File.Exists(path) ? path
        : throw new ManifestException($"--signers={file}: {path} is not there. It is a list of ssh-keygen's allowed signers, a line for each: alice@example.com ssh-ed25519 AAAA...");

    // A shell leaves the ~ in --signers=~/... as it is.
    private static string InFull(string path, Surroundings around) =>
        Paths.Full(path, around.Directory, around.Environment.GetValueOrDefault) is { Ok: true, Value: var full } ? full : Path.GetFullPath(path, around.Directory);

    private static string? DigestOf(MigrationRequest request)
    {
        if (request.Digest is not { } text) return null;
        var digest = (text.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) ? text[Kind.Length..] : text).ToLowerInvariant();
        return digest.Length == DigestLength && digest.All(char.IsAsciiHexDigitLower)
            ? digest
            : throw new ManifestException($"--digest must be {DigestLength} hexadecimal digits, as digest.txt has them behind sha256:, is '{text}'.");
    }
}
