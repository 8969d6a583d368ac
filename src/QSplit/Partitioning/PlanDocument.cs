using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>The shape of <c>plan.json</c>: paths as <see cref="EntryPath.ToString"/> writes them, the buckets' items in their own files.</summary>
internal sealed record PlanDocument(
    int Version,
    string Migration,
    string Stamp,
    string Source,
    TotalsDocument Totals,
    ImmutableArray<BucketDocument> Buckets,
    ImmutableArray<string> Levels,
    BalanceDocument Balance,
    ImmutableArray<NoteDocument> Notes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClusterSnapshot? Snapshot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mover = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PlanTerms? Terms = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EstimateDocument? Estimate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OutlinedDocument[]? Outline = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FileDocument[]? LargestFiles = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LinkedDocument? Linked = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string[]? NewLevels = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ForgoesHardLinks = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClashDocument[]? CaseClashes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MountDocument[]? Mounts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TreeFacts? Facts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SourceSha256 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Digest = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Checksum = null)
{
    /// <summary>Raised when a plan of before can no longer be read.</summary>
    public const int CurrentVersion = 1;

    public static PlanDocument Of(Plan plan, IEnumerable<BucketDocument> buckets) => new(
        CurrentVersion,
        plan.Migration,
        plan.Stamp,
        plan.Source,
        new(plan.Totals.Bytes, plan.Totals.LogicalBytes, plan.Totals.Entries),
        [.. buckets],
        [.. plan.Levels.Select(level => level.ToString())],
        new(plan.Balance.Heaviest, plan.Balance.Mean, plan.Balance.Bound, Unit(plan.Balance.By)),
        [.. plan.Notes.Select(note => new NoteDocument(KindOf(note), note.Path.ToString(), note.Text))],
        plan.Snapshot,
        plan.Mover == MoverKind.Rsync ? null : plan.Mover.ToString().ToLowerInvariant(),
        plan.Terms,
        plan.Estimate is { } estimate ? EstimateDocument.Of(estimate) : null,
        [.. plan.Outline.Directories.Select(OutlinedDocument.Of)],
        [.. plan.LargestFiles.Select(FileDocument.Of)],
        plan.Scope == PlanScope.Whole ? null : plan.Scope.ToString().ToLowerInvariant(),
        NewLevels: plan.NewLevels.IsEmpty ? null : [.. plan.NewLevels.Select(level => level.ToString())],
        ForgoesHardLinks: plan.ForgoesHardLinks,
        CaseClashes: plan.CaseClashes.IsEmpty ? null : [.. plan.CaseClashes.Select(ClashDocument.Of)],
        Mounts: plan.Mounts.IsEmpty ? null : [.. plan.Mounts.Select(MountDocument.Of)],
        Facts: plan.Facts,
        SourceSha256: plan.SourceSha256);

    /// <summary>What <see cref="Plan.Digest"/> is to be: nothing in it depends on costs.</summary>
    public string DigestOf() => Sha256(new MovedDocument(Migration, Terms is null ? Source : "", SourceSha256, Snapshot, Mover, Terms, Scope, ForgoesHardLinks, CaseClashes), PlanJson.Readable.MovedDocument);

    /// <summary>What <see cref="Plan.Checksum"/> is to be.</summary>
    public string ChecksumOf() => Sha256(
        this with { Stamp = "", Checksum = null, Buckets = [.. Buckets.Select(bucket => bucket with { File = "" })] }, PlanJson.Readable.PlanDocument);

    /// <summary>Whether it is as it was written. The digest of earlier versions was one of everything.</summary>
    public bool IsWhole() => Checksum is not null ? Checksum == ChecksumOf() && Digest == DigestOf() : Digest is null || Digest == (this with { Digest = null }).ChecksumOf();

    /// <exception cref="ArgumentException">A path, a unit or a kind of note is not one.</exception>
    public Plan ToPlan(ImmutableArray<Bucket> buckets) => new(
        Migration,
        Stamp,
        Source,
        new(Totals.Bytes, Totals.LogicalBytes, Totals.Entries),
        buckets,
        [.. Levels.Select(EntryPath.Parse)],
        new(By(Balance.Unit), Balance.Heaviest, Balance.Mean, Balance.Bound),
        [.. Notes.Select(note => new TreeNote(Enum.Parse<TreeNoteKind>(note.Kind, ignoreCase: true), EntryPath.Parse(note.Path), note.Text))])
    {
        Snapshot = Snapshot,
        Mover = CopiedBy,
        Scope = Scope is null ? PlanScope.Whole : Enum.Parse<PlanScope>(Scope, ignoreCase: true),
        NewLevels = [.. (NewLevels ?? []).Select(EntryPath.Parse)],
        Terms = Terms,
        Estimate = Estimate?.ToEstimate(),
        Outline = new([.. (Outline ?? []).Select(directory => directory.ToDirectory())]),
        LargestFiles = [.. (LargestFiles ?? []).Select(file => file.ToFile())],
        SourceSha256 = SourceSha256,
        Digest = Digest,
        Checksum = Checksum,
        ForgoesHardLinks = ForgoesHardLinks,
        CaseClashes = CaseClashes is null ? [] : [.. CaseClashes.Select(clash => clash.ToClash())],
        Mounts = Mounts is null ? [] : [.. Mounts.Select(mount => mount.ToMount())],
        Facts = Facts,
    };

    /// <summary>FromSeconds drops the part of a tick that the decimal fraction is short of.</summary>
    internal static TimeSpan Span(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    /// <summary>What copies: rsync where nothing is said.</summary>
    [JsonIgnore]
    public MoverKind CopiedBy => Mover is null ? MoverKind.Rsync : Enum.Parse<MoverKind>(Mover, ignoreCase: true);

    internal static string KindOf(TreeNote note) => JsonNamingPolicy.CamelCase.ConvertName(note.Kind.ToString());

    internal static string Unit(BalanceBy by) => by switch
    {
        BalanceBy.Capacity => "bytes",
        BalanceBy.Files => "entries",
        _ => "seconds",
    };

    private static string Sha256<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, type)));

    private static BalanceBy By(string unit) =>
        Enum.GetValues<BalanceBy>().Cast<BalanceBy?>().FirstOrDefault(by => Unit(by!.Value) == unit)
        ?? throw new ArgumentException($"'{unit}' is not a unit of balance", nameof(unit));
}

/// <summary>What a plan moves, without how it is cut.</summary>
/// <param name="Source">Where the tree was read; empty where the terms say it.</param>
internal sealed record MovedDocument(
    string Migration,
    string Source,
    string? SourceSha256,
    ClusterSnapshot? Snapshot,
    string? Mover,
    PlanTerms? Terms,
    string? Scope,
    bool ForgoesHardLinks,
    ClashDocument[]? CaseClashes);

internal sealed record EstimateDocument(double Seconds, double CalendarSeconds, int Slots, ImmutableArray<string> Hosts, string Limit)
{
    public static EstimateDocument Of(RunEstimate estimate) =>
        new(estimate.Elapsed.TotalSeconds, estimate.Calendar.TotalSeconds, estimate.Slots, estimate.Hosts, estimate.Limit);

    public RunEstimate ToEstimate() => new(PlanDocument.Span(Seconds), PlanDocument.Span(CalendarSeconds), Slots, Hosts, Limit);
}

internal sealed record OutlinedDocument(string Path, long Bytes, long LogicalBytes, long Entries, bool Read, bool Whole)
{
    public static OutlinedDocument Of(OutlinedDirectory directory) => new(
        directory.Path.ToString(), directory.Totals.Bytes, directory.Totals.LogicalBytes, directory.Totals.Entries, directory.IsRead, directory.IsWhole);

    public OutlinedDirectory ToDirectory() => new(EntryPath.Parse(Path), new(Bytes, LogicalBytes, Entries), Read, Whole);
}

internal sealed record FileDocument(string Path, long Bytes, long LogicalBytes)
{
    public static FileDocument Of(LargeFile file) => new(file.Path.ToString(), file.Totals.Bytes, file.Totals.LogicalBytes);

    public LargeFile ToFile() => new(EntryPath.Parse(Path), new(Bytes, LogicalBytes, 1));
}

/// <summary>The list of names that are linked in the end.</summary>
/// <param name="Names">How many it has.</param>
/// <param name="Sha256">Of the file.</param>
internal sealed record LinkedDocument(int Names, string Sha256);

/// <param name="Folds">What a target has to fold for the two to be one name; <c>Case</c> where it is missing.</param>
internal sealed record ClashDocument(
    string Path,
    string With,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Directories = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Folds = null)
{
    public static ClashDocument Of(CaseClash clash) =>
        new($"{clash.Path}", $"{clash.With}", clash.AreDirectories, clash.Folds == NameFolding.Case ? null : $"{clash.Folds}");

    public CaseClash ToClash() => new(EntryPath.Parse(Path), EntryPath.Parse(With), Directories)
    {
        Folds = Folds is null ? NameFolding.Case : Enum.Parse<NameFolding>(Folds),
    };
}

/// <param name="Target">Whether it is mounted in the target.</param>
internal sealed record MountDocument(
    string Path, string Type, long Bytes, long LogicalBytes, long Entries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Target = false)
{
    public static MountDocument Of(NestedTree mount) =>
        new(mount.Path.ToString(), mount.Type, mount.Totals.Bytes, mount.Totals.LogicalBytes, mount.Totals.Entries, mount.InTarget);

    public NestedTree ToMount() => new(EntryPath.Parse(Path), Type, new(Bytes, LogicalBytes, Entries)) { InTarget = Target };
}

internal sealed record TotalsDocument(long Bytes, long LogicalBytes, long Entries);

/// <param name="Items">How many lines the file has; <paramref name="Entries"/> counts what is below them too.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
internal sealed record BucketDocument(
    int Number, string File, long Bytes, long LogicalBytes, long Entries, int Items, double EstimatedSeconds, string Sha256);

internal sealed record BalanceDocument(double Heaviest, double Mean, double Bound, string Unit);

internal sealed record NoteDocument(string Kind, string Path, string Text);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(MovedDocument))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    /// <summary>Names of any script stay readable: the file is for people, and never part of a web page.</summary>
    public static PlanJson Readable => field ??= new(
        new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
