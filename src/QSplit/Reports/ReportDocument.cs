using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QSplit.Transfers;
using QSplit.Verifications;

namespace QSplit.Reports;

/// <summary>
/// <c>report.json</c>: all that a report shows, for other programs. Each property under its name in camel case, sizes in bytes, spans in seconds, times
/// in UTC as ISO 8601; null is what is not known or does not apply. Properties may be added under the same schema, none is renamed or taken away.
/// </summary>
/// <param name="Schema">Names this shape: <c>qsplit-report/1</c>.</param>
/// <param name="Kind">What it is the report of.</param>
/// <param name="Made">When it was written.</param>
/// <param name="Program">This program with its version: <c>QSplit 0.1.0</c>.</param>
/// <param name="Status">Where the run stands, as <c>--target=Status --json</c> has it; of a plan, that nothing was begun.</param>
/// <param name="Manifest">What it was made from.</param>
/// <param name="Plan">What was to be done.</param>
/// <param name="Run">What was done; null for a plan.</param>
/// <param name="Preview">What a dry run found; null for others.</param>
public sealed record ReportDocument(
    string Schema,
    ReportKind Kind,
    DateTimeOffset Made,
    string Program,
    RunStatus Status,
    ReportManifest Manifest,
    ReportPlan Plan,
    ReportRun? Run,
    ReportPreview? Preview)
{
    public const string CurrentSchema = "qsplit-report/1";

    /// <summary>What a verification found; null for others.</summary>
    public ReportVerification? Verification { get; init; }

    /// <summary>The passes over the whole tree that are finished, this one among them, the first first; empty for what is no pass.</summary>
    public ImmutableArray<ReportPass> Passes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How long the last pass of a cutover would take if it began when this was made; null before there are two passes.</summary>
    public double? CutoverSeconds { get; init; }

    /// <summary>How far a cutover is; null for others. All else is then of its last run.</summary>
    public ReportCutover? Cutover { get; init; }
}

/// <summary>What a report is of.</summary>
public enum ReportKind
{
    /// <summary>A plan that nothing has been done of.</summary>
    [JsonStringEnumMemberName("plan")]
    Plan,

    /// <summary>A dry run: nothing was written.</summary>
    [JsonStringEnumMemberName("dryRun")]
    DryRun,

    /// <summary>A run.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>A comparison of target and source: nothing was written.</summary>
    [JsonStringEnumMemberName("verification")]
    Verification,

    /// <summary>A cutover: its steps, and its last run.</summary>
    [JsonStringEnumMemberName("cutover")]
    Cutover,
}

/// <summary>The manifest as far as it decided what is copied; no secret is in it.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Sha256">Of its bytes when it was planned, in hexadecimal.</param>
/// <param name="Source">The mounted source, where all hosts see it that nothing else is said of.</param>
/// <param name="Target">The same for the target.</param>
/// <param name="Options">The mover's options and the names left out, as one line.</param>
/// <param name="Tree">What was planned where that is not the mounted source itself; empty otherwise.</param>
public sealed record ReportManifest(string File, string Sha256, string Source, string Target, string Options, string Tree);

/// <summary>A plan as a report has it.</summary>
/// <param name="Digest">See <see cref="Partitioning.Plan.Digest"/>.</param>
/// <param name="Source">Where the tree was read.</param>
/// <param name="Snapshot">The directory of the frozen view; null without one.</param>
/// <param name="BalanceUnit"><c>bytes</c>, <c>entries</c> or <c>seconds</c>: what the next three count.</param>
/// <param name="Heaviest">The weight of the heaviest bucket.</param>
/// <param name="Mean">The mean weight.</param>
/// <param name="Bound">What no partition can beat.</param>
/// <param name="EstimatedSeconds">For the whole run over the hosts; null where none are listed.</param>
/// <param name="Buckets">By number.</param>
/// <param name="Levels">How many directories several buckets share.</param>
/// <param name="Directories">The outline of the tree, by path; the root first.</param>
/// <param name="LargestFiles">The largest first.</param>
public sealed record ReportPlan(
    string? Digest,
    string Stamp,
    string Source,
    string? Snapshot,
    long Bytes,
    long LogicalBytes,
    long Entries,
    string BalanceUnit,
    double Heaviest,
    double Mean,
    double Bound,
    double? EstimatedSeconds,
    ImmutableArray<ReportBucket> Buckets,
    int Levels,
    ImmutableArray<ReportDirectory> Directories,
    ImmutableArray<ReportFile> LargestFiles,
    ImmutableArray<ReportNote> Notes);

/// <summary>A bucket: what was planned and what became of it.</summary>
/// <param name="Weight">In the unit of the balance.</param>
/// <param name="State"><c>left</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Attempts">How many there were.</param>
/// <param name="Files">Regular files transferred, over all attempts.</param>
/// <param name="MovedBytes">Their logical bytes.</param>
/// <param name="Created">Entries that were not on the target before.</param>
/// <param name="Seconds">Over all attempts that ended.</param>
/// <param name="Reason">Why it is not done; null when it is, or was not tried.</param>
public sealed record ReportBucket(
    int Number,
    string File,
    long Bytes,
    long LogicalBytes,
    long Entries,
    int Items,
    double EstimatedSeconds,
    double Weight,
    string State,
    int Attempts,
    long Files,
    long MovedBytes,
    long Created,
    double Seconds,
    string? Reason);

/// <summary>A directory of the source's outline, with all below it.</summary>
/// <param name="Path"><c>.</c> for the root, <c>./a/b</c> otherwise, escaped as <see cref="Trees.ByteText"/> does.</param>
public sealed record ReportDirectory(string Path, long Bytes, long LogicalBytes, long Entries);

/// <summary>A large file.</summary>
public sealed record ReportFile(string Path, long Bytes, long LogicalBytes);

/// <summary>A note of the plan.</summary>
/// <param name="Kind"><c>unreadable</c>, <c>leftOut</c>, ...: see <see cref="Trees.TreeNoteKind"/>.</param>
public sealed record ReportNote(string Kind, string Path, string Text);

/// <summary>What was done.</summary>
/// <param name="Began">When the run was taken up first.</param>
/// <param name="Ended">When something happened in it last.</param>
/// <param name="Files">Regular files transferred, over all passes and attempts.</param>
/// <param name="MovedBytes">Their logical bytes.</param>
/// <param name="Created">Entries that were not on the target before.</param>
/// <param name="Vanished">Entries that were gone before they could be read.</param>
/// <param name="Hosts">Those of the run, by name.</param>
/// <param name="Attempts">By when they began.</param>
/// <param name="Throughput">From the run's begin to its end in even steps; empty before anything ended.</param>
public sealed record ReportRun(
    DateTimeOffset Began,
    DateTimeOffset Ended,
    long Files,
    long MovedBytes,
    long Created,
    int Vanished,
    ImmutableArray<ReportHost> Hosts,
    ImmutableArray<ReportAttempt> Attempts,
    ImmutableArray<ReportRate> Throughput)
{
    /// <summary>Entries of all kinds that were taken away from the target.</summary>
    public long Deleted { get; init; }

    /// <summary>What is not done and does not run: buckets by number, then the passes over the levels that failed.</summary>
    public ImmutableArray<ReportLeft> Left { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Something that is left of a run.</summary>
/// <param name="Work"><c>bucket 17</c>, <c>open</c> or <c>seal</c>.</param>
/// <param name="Bucket">Its number; null for a pass over the levels.</param>
/// <param name="Reason">Why it is not done; null where it was not begun.</param>
/// <param name="Log">What the last attempt said: a file, in full; null where there was none.</param>
/// <param name="Entries">How many entries are known by name not to be across.</param>
/// <param name="First">The first of them: at most 100, and 1,000 over the whole report.</param>
public sealed record ReportLeft(string Work, int? Bucket, string? Reason, string? Log, int Entries, ImmutableArray<FailedEntry> First);

/// <summary>A host of a run.</summary>
/// <param name="Slots">The highest slot that anything ran on.</param>
/// <param name="Mover">What copied there, with its version: <c>rsync 3.2.7</c>; null where that is not known.</param>
/// <param name="BusySeconds">Over all its slots.</param>
/// <param name="SetAside">How often it was set aside.</param>
public sealed record ReportHost(string Name, int Slots, string? Mover, int Attempts, int Failures, long MovedBytes, double BusySeconds, int SetAside);

/// <summary>One attempt at a bucket or at a pass over the levels.</summary>
/// <param name="Work"><c>bucket 17</c>, <c>open</c> or <c>seal</c>.</param>
/// <param name="Bucket">Its number; null for a pass over the levels.</param>
/// <param name="Attempt">From 1, over the whole run.</param>
/// <param name="Slot">From 1, on its host.</param>
/// <param name="Ended">Null when it runs, or its end is not known.</param>
/// <param name="Outcome">How it ended, by the words of the run store (<c>succeeded</c>, <c>partial</c>, <c>transient</c>, ...); <c>running</c>, or <c>lost</c> when its controller died.</param>
/// <param name="Reason">Why it did not get its work done; null when it did.</param>
public sealed record ReportAttempt(
    string Work, int? Bucket, int Attempt, string Host, int Slot, DateTimeOffset Began, DateTimeOffset? Ended, string Outcome, string? Reason, long Files, long MovedBytes);

/// <summary>What went across in one step of time, spread evenly over each attempt.</summary>
/// <param name="At">The step's begin.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="BytesPerSecond">Logical bytes a second, all hosts together.</param>
public sealed record ReportRate(DateTimeOffset At, double Seconds, double BytesPerSecond);

/// <summary>What a dry run found that a run would do.</summary>
/// <param name="WithDeletes">Whether it was asked what would be deleted.</param>
/// <param name="Create">Entries that are not on the target.</param>
/// <param name="Update">Files whose content would be replaced.</param>
/// <param name="Attributes">Entries of which only attributes would change.</param>
/// <param name="Delete">Entries that would go; 0 unless asked for.</param>
/// <param name="Files">Regular files whose content would be copied.</param>
/// <param name="Bytes">Their logical bytes.</param>
/// <param name="Directories">By top directory and kind, over all buckets.</param>
/// <param name="Buckets">By bucket; the pass over the levels has null for its number.</param>
public sealed record ReportPreview(
    bool WithDeletes,
    long Create,
    long Update,
    long Attributes,
    long Delete,
    long Files,
    long Bytes,
    ImmutableArray<PreviewPart> Directories,
    ImmutableArray<ReportBucketPreview> Buckets);

/// <summary>What would be done for one bucket.</summary>
public sealed record ReportBucketPreview(int? Bucket, long Create, long Update, long Attributes, long Delete, long Files, long Bytes);

/// <summary>What a verification found.</summary>
/// <param name="Of">The run whose work was compared.</param>
/// <param name="By"><c>size</c> or <c>checksum</c>.</param>
/// <param name="Sample">Which part of the files was read: 1 is all of them; 0 where content is not read.</param>
/// <param name="Seed">What decided which files those are; empty where all or none are.</param>
/// <param name="Entries">Entries of all kinds on the source that were compared.</param>
/// <param name="Files">Files whose content was read on both sides.</param>
/// <param name="Bytes">Their logical bytes.</param>
/// <param name="Differences">By kind; none where source and target are alike. All of them are in <c>differences/</c> beside the report.</param>
/// <param name="Balance">How planned and compared entries add up.</param>
/// <param name="NotCovered">What it says nothing about, a phrase each.</param>
/// <param name="Buckets">By bucket; the pass over the levels has null for its number.</param>
public sealed record ReportVerification(
    string Of,
    string By,
    double Sample,
    string Seed,
    long Entries,
    long Files,
    long Bytes,
    ImmutableArray<Found> Differences,
    EntryBalance Balance,
    ImmutableArray<string> NotCovered,
    ImmutableArray<ReportBucketCheck> Buckets);

/// <summary>What was found of one bucket.</summary>
/// <param name="Differences">How many, of all kinds.</param>
/// <param name="Balance">How its planned and compared entries add up.</param>
/// <param name="Lists">The lists of checksums, in <c>sums/</c> beside the report.</param>
public sealed record ReportBucketCheck(int? Bucket, long Entries, long Files, long Bytes, long Differences, EntryBalance Balance, ImmutableArray<SumList> Lists);

/// <summary>A pass over the whole tree that is finished.</summary>
/// <param name="Seconds">At work: without the time between two sessions.</param>
/// <param name="Files">Regular files transferred.</param>
/// <param name="MovedBytes">Their logical bytes.</param>
/// <param name="Created">Entries that were not on the target before.</param>
/// <param name="Deleted">Entries that were taken away from it.</param>
public sealed record ReportPass(string Run, DateTimeOffset Began, double Seconds, long Files, long MovedBytes, long Created, long Deleted);
