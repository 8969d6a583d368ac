using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports.Files;
using QSplit.Runs;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>Gathers what proves a migration: copies, so that what is done later changes none of it. The same runs give the same files.</summary>
internal static class GatherEvidence
{
    /// <param name="folder">Empty; it gets <c>manifest.yml</c>, <c>cutover.json</c>, <c>exceptions.json</c>, <c>buckets.json</c> and <c>runs/STAMP/</c> for the baseline and all that came after it.</param>
    /// <exception cref="StorageException">Something cannot be read or written.</exception>
    public static void Into(string folder, OpenCutover open, Surroundings around)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "manifest.yml"), RedactedManifest.Of(open.Job.Manifest));
            CutoverFile.Write(folder, open.Record);
            Write(folder, "exceptions.json", open.Record.Accepted, EvidenceJson.Readable.ImmutableArrayAcceptance);
            if (open.Progress.Verify is { } verify) Write(folder, "buckets.json", DigestsOf(open, verify), EvidenceJson.Readable.ImmutableArrayBucketDigest);
            using var store = RunStore.Open(open.Job.Folders.Store, around.Time);
            foreach (var run in RunsOf(open, store)) GatherRun(Path.Combine(folder, "runs", Path.GetFileName(open.Job.Folders.OfRun(run.Id))), run, open, store, around);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The evidence of cutover {open.Record.Id} cannot be gathered: {e.Message} Mend that, then: {open.Job.Command}", e);
        }
    }

    // The first of them is the baseline that all others follow.
    private static List<RunState> RunsOf(OpenCutover open, RunStore store)
    {
        var runs = new List<RunState>();
        foreach (var id in store.AllRunsOf(open.Job.Migration.Name))
        {
            var run = store.Load(id)!;
            if (!run.IsDryRun) runs.Add(run);
            if (run.Started.Mode == RunMode.Copy) break;
        }
        return runs;
    }

    private static void GatherRun(string to, RunState run, OpenCutover open, RunStore store, Surroundings around)
    {
        var (from, events) = (open.Job.Folders.OfRun(run.Id), store.EventsOf(run.Id));
        // One that was killed at its very end has no report, or that of the session before.
        if (File.GetLastWriteTimeUtc(Path.Combine(from, ReportFiles.JsonName)) < events[^1].At.UtcDateTime && PlanFile.IsIn(from)) _ = WriteReport.OfRun(open.Job, run.Id, store, PlanFile.Read, around);
        Directory.CreateDirectory(to);
        File.WriteAllLines(Path.Combine(to, "events.jsonl"), events.Select(e => JsonSerializer.Serialize(e, RunJson.Default.TimedEvent)));
        foreach (var name in new[] { PlanFile.Name, ReportFiles.JsonName, DeletionFile.Name, DeletionFile.Reviewed })
            if (File.Exists(Path.Combine(from, name))) File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        if (!run.IsVerification) return;
        var (lists, kept) = (new CheckFolder(from), new CheckFolder(to));
        Copy(lists.Differences, kept.Differences);
        if (run.Id == open.Progress.Verify?.Id) Copy(lists.Sums, kept.Sums);
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static ImmutableArray<BucketDigest> DigestsOf(OpenCutover open, RunState verify)
    {
        var buckets = PlanFile.Read(open.Job.Folders.OfRun(verify.Id)).Buckets.ToDictionary(bucket => bucket.Number);
        return
        [
            .. verify.Works.Where(work => work.State.Checked is not null).Select(work => new BucketDigest(
                work.Work.ToString(),
                work.State.Checked!.Entries,
                work.State.Checked.Balance,
                work.Work.IsBucket ? Sha256(BucketFile.AsNulSeparated(buckets[work.Work.Bucket])) : null,
                work.State.Checked.Lists)),
        ];
    }

    private static string Sha256(byte[] list) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(list));

    private static void Write<T>(string folder, string name, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(value, type));
}

/// <summary>What stands for the content of one part of the tree.</summary>
/// <param name="Work">The part: <c>bucket 17</c>, or <c>seal</c> for what lies in shared directories.</param>
/// <param name="Entries">That were compared.</param>
/// <param name="Balance">How planned and compared entries add up.</param>
/// <param name="ListSha256">Of the bucket's names, each ended by NUL.</param>
/// <param name="Sums">Its lists of checksums, each with the SHA-256 of the list before it was gzipped.</param>
internal sealed record BucketDigest(string Work, long Entries, EntryBalance Balance, string? ListSha256, ImmutableArray<SumList> Sums);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, IndentSize = 2, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImmutableArray<Acceptance>))]
[JsonSerializable(typeof(ImmutableArray<BucketDigest>))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    public static EvidenceJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
