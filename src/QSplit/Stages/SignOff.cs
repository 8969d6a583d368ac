using QSplit.Evidence;
using QSplit.Lasting;

namespace QSplit.Stages;

/// <summary>The end of a cutover: all that proves it is gathered, closed by one digest, and signed where a key is given.</summary>
internal static class SignOff
{
    /// <exception cref="StorageException">The evidence cannot be gathered, or not be signed with that key.</exception>
    public static async Task<OpenCutover> RunAsync(OpenCutover open, Surroundings around, CancellationToken cancellationToken)
    {
        if (open is { Record.SignedOff: { Key: null } ended, Job.Request.Key: not null })
        {
            await RequireWholeAsync(open, ended.Digest, around, cancellationToken);
            return open.With(open.Record with { SignedOff = ended with { Key = await SignedAsync(open.Evidence, open, around, cancellationToken) } });
        }
        if (!open.GoesOn) return open;
        // Only what is whole, and signed where that was asked, has the name.
        var unfinished = open.Evidence + ".new";
        Remove(unfinished, open);
        Remove(open.Evidence, open);
        GatherEvidence.Into(unfinished, open, around);
        var digest = EvidenceFolder.Close(unfinished, open.Record.Id, cancellationToken);
        var key = open.Job.Request.Key is null ? null : await SignedAsync(unfinished, open, around, cancellationToken);
        Name(unfinished, open);
        around.View.Say($"{open.Job.Migration.Name}: evidence {open.Evidence}: sha256:{digest.Sha256}");
        return open.With(open.Record with { SignedOff = new(around.Time.GetUtcNow(), digest.Sha256, key) });
    }

    // What is signed later may have been changed in between, and a signature would make that good.
    private static async Task RequireWholeAsync(OpenCutover open, string digest, Surroundings around, CancellationToken cancellationToken)
    {
        var audit = await AuditEvidence.RunAsync(new(open.Evidence, null, digest), around, cancellationToken);
        if (!audit.IsWhole) throw new StorageException($"The evidence in {open.Evidence} is not signed: it is not what was signed off. {audit.Findings[0]}. All that is wrong: {open.Job.CommandFor("Audit")}");
    }

    private static void Name(string unfinished, OpenCutover open)
    {
        try
        {
            Directory.Move(unfinished, open.Evidence);
            LastingFile.FlushDirectory(open.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The evidence in {unfinished} cannot be named {open.Evidence}: {e.Message} Mend that, then: {open.Job.Command}", e);
        }
    }

    // As ssh tells keys: SHA256:...
    private static async Task<string> SignedAsync(string folder, OpenCutover open, Surroundings around, CancellationToken cancellationToken)
    {
        var key = SigningKey.Of(open.Job.Request, around)!;
        await EvidenceFolder.SignAsync(folder, key, AuditEvidence.Keygen(around), cancellationToken);
        return SshSignature.Read(File.ReadAllBytes(Path.Combine(folder, EvidenceDigest.SignatureName))) is { } signature ? $"{signature.KeyType} {signature.Fingerprint}" : throw new StorageException($"The signature in {folder} cannot be read back. Try again: {open.Job.Command} --key={open.Job.Request.Key}");
    }

    private static void Remove(string folder, OpenCutover open)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"What is left of a sign-off, {folder}, cannot be removed: {e.Message} Remove it, then: {open.Job.Command}", e);
        }
    }
}
