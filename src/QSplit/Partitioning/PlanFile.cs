using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>A plan in a folder: <c>plan.json</c> and, beside it, a <see cref="BucketFile"/> a bucket.</summary>
public static class PlanFile
{
    public const string Name = "plan.json";

    /// <summary>
    /// Writes the bucket files, then <c>plan.json</c>: where that is, the plan is whole. A plan that was in the folder is removed first.
    /// </summary>
    /// <returns>The plan with its digest and its checksum.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static Plan Write(string folder, Plan plan)
    {
        var (path, unfinished) = (Path.Combine(folder, Name), Path.Combine(folder, Name + ".new"));
        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(path);
            foreach (var old in Directory.EnumerateFiles(folder, $"qsync_{plan.Stamp}_bucket*.txt*").Append(Path.Combine(folder, LinkedName(plan.Stamp)))) File.Delete(old);

            var document = PlanDocument.Of(plan, plan.Buckets.Select(bucket => WriteBucket(folder, plan, bucket))) with { Linked = WriteLinked(folder, plan) };
            document = document with { Digest = document.DigestOf() };
            document = document with { Checksum = document.ChecksumOf() };
            WriteDurably(unfinished, stream => JsonSerializer.Serialize(stream, document, PlanJson.Readable.PlanDocument));
            File.Move(unfinished, path, overwrite: true);
            return plan with { Digest = document.Digest, Checksum = document.Checksum };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The plan of {plan.Migration} cannot be written to {folder}: {error.Message} Free some room or mend the permissions there, then plan again.", error);
        }
    }

    /// <summary>Whether a folder has a plan that is whole.</summary>
    internal static bool IsIn(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Reads a plan back, and proves that its bucket files are those that were written with it.</summary>
    /// <exception cref="StorageException">There is no plan, it is damaged or of another version, or a bucket file is missing or was changed.</exception>
    public static Plan Read(string folder) => ReadFile(Path.Combine(folder, Name));

    /// <summary>The same of a plan that goes by another name; its bucket files lie beside it.</summary>
    /// <exception cref="StorageException">As <see cref="Read"/>.</exception>
    internal static Plan ReadFile(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(path), PlanJson.Readable.PlanDocument) ?? throw Unusable(path, "it is null");
            if (document.Version != PlanDocument.CurrentVersion)
                throw Unusable(path, $"it has version {document.Version}, and this program reads version {PlanDocument.CurrentVersion}");
            var plan = document.ToPlan([.. document.Buckets.Select(bucket => ReadBucket(folder, document, bucket))]) with { Linked = ReadLinked(folder, document) };
            return document.IsWhole() ? plan : throw Unusable(path, "its checksum does not fit what it says: it was changed after it was made");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw Unusable(path, $"it is not a plan ({error.Message})", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, error.Message, error);
        }
    }

    /// <summary>A plan without the items of its buckets: what a look at it takes when it is not to be carried out. Null where there is none that can be read.</summary>
    internal static Plan? ReadHead(string folder)
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), PlanJson.Readable.PlanDocument);
            return document?.Version != PlanDocument.CurrentVersion ? null : document.ToPlan(
                [.. document.Buckets.Select(bucket => new Bucket(bucket.Number, new(bucket.Bytes, bucket.LogicalBytes, bucket.Entries), PlanDocument.Span(bucket.EstimatedSeconds), []))]);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // By hand, behind all buckets: rsync -av -d --hard-links --from0 --files-from=FILE SRC DST.
    private static string LinkedName(string stamp) => $"qsync_{stamp}_links.txt0";

    private static LinkedDocument? WriteLinked(string folder, Plan plan)
    {
        if (plan.Linked.IsEmpty) return null;
        var bytes = BucketFile.AsNulSeparated(new Bucket(0, Totals.Zero, TimeSpan.Zero, plan.Linked));
        WriteDurably(Path.Combine(folder, LinkedName(plan.Stamp)), stream => stream.Write(bytes));
        return new(plan.Linked.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static ImmutableArray<EntryPath> ReadLinked(string folder, PlanDocument plan)
    {
        if (plan.Linked is not { } linked) return [];
        var path = Path.Combine(folder, LinkedName(plan.Stamp));
        if (!File.Exists(path)) throw Unusable(path, "it is missing");
        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != linked.Sha256) throw Unusable(path, "it was changed after the plan was made");
        return BucketFile.Read(bytes, LinkedName(plan.Stamp));
    }

    private static BucketDocument WriteBucket(string folder, Plan plan, Bucket bucket)
    {
        var name = BucketFile.NameOf(plan.Stamp, bucket);
        using var sha256 = SHA256.Create();
        WriteDurably(Path.Combine(folder, name), stream =>
        {
            using var hashed = new BufferedStream(new CryptoStream(stream, sha256, CryptoStreamMode.Write, leaveOpen: true), 1 << 16);
            if (plan.Mover == MoverKind.Robocopy) WindowsList.Write(hashed, bucket);
            else BucketFile.Write(hashed, bucket);
        });
        var (bytes, logicalBytes, entries) = bucket.Totals;
        return new(bucket.Number, name, bytes, logicalBytes, entries, bucket.Items.Length, bucket.Estimate.TotalSeconds, Convert.ToHexStringLower(sha256.Hash!));
    }

    private static Bucket ReadBucket(string folder, PlanDocument plan, BucketDocument bucket)
    {
        var path = Path.Combine(folder, bucket.File);
        // A plan from elsewhere must not point this program at any other file.
        if (bucket.File != BucketFile.NameOf(plan.Stamp, bucket.Number, nul: false) && bucket.File != BucketFile.NameOf(plan.Stamp, bucket.Number, nul: true))
            throw Unusable(path, $"it is no name for bucket {bucket.Number} of {plan.Stamp}");
        if (!File.Exists(path)) throw Unusable(path, "it is missing");

        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != bucket.Sha256) throw Unusable(path, "it was changed after the plan was made");
        try
        {
            var (items, kinds) = plan.CopiedBy == MoverKind.Robocopy ? WindowsList.Read(bytes) : (BucketFile.Read(bytes, bucket.File), []);
            if (items.Length != bucket.Items) throw Unusable(path, $"it has {items.Length} items, and the plan says {bucket.Items}");
            return new(bucket.Number, new(bucket.Bytes, bucket.LogicalBytes, bucket.Entries), PlanDocument.Span(bucket.EstimatedSeconds), items) { Kinds = kinds };
        }
        catch (FormatException error)
        {
            throw Unusable(path, error.Message, error);
        }
    }

    private static void WriteDurably(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static StorageException Unusable(string path, string why, Exception? inner = null) =>
        new($"{path} cannot be used: {why.TrimEnd('.')}. Make a new plan (--target=Plan), or start over with --fresh where a run goes by this one.", inner!);
}
