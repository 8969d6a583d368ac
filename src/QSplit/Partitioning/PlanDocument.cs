using System.Collections.Immutable;
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mover = null)
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
        plan.Mover == MoverKind.Rsync ? null : plan.Mover.ToString().ToLowerInvariant());

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
    };

    /// <summary>What copies: rsync where nothing is said.</summary>
    [JsonIgnore]
    public MoverKind CopiedBy => Mover is null ? MoverKind.Rsync : Enum.Parse<MoverKind>(Mover, ignoreCase: true);

    private static string KindOf(TreeNote note) => JsonNamingPolicy.CamelCase.ConvertName(note.Kind.ToString());

    private static string Unit(BalanceBy by) => by switch
    {
        BalanceBy.Capacity => "bytes",
        BalanceBy.Files => "entries",
        _ => "seconds",
    };

    private static BalanceBy By(string unit) =>
        Enum.GetValues<BalanceBy>().Cast<BalanceBy?>().FirstOrDefault(by => Unit(by!.Value) == unit)
        ?? throw new ArgumentException($"'{unit}' is not a unit of balance", nameof(unit));
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
internal sealed partial class PlanJson : JsonSerializerContext
{
    /// <summary>Names of any script stay readable: the file is for people, and never part of a web page.</summary>
    public static PlanJson Readable => field ??= new(
        new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
