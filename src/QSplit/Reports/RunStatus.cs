using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>
/// What a run is like at one moment, for other programs too: <c>--json</c> writes each property under its name in camel case, sizes in
/// bytes, spans in seconds, times in UTC as ISO 8601; null is what is not known or does not apply. Properties may be added under the same
/// schema, none is renamed or taken away.
/// </summary>
/// <param name="Migration">Its name in the manifest.</param>
/// <param name="Run">The run's id, such as <c>music/202611221730</c>; null when there is none yet.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Words">The same in words, with the reason: <c>stopped: interrupted</c>.</param>
/// <param name="At">When all this was so.</param>
/// <param name="Controller">Who runs it, or who was last heard of; null when that is not known.</param>
/// <param name="Heard">When the controller was last heard of.</param>
/// <param name="BytesDone">Allocated bytes of what is across, running buckets by their share; null when the plan cannot be read.</param>
/// <param name="BytesTotal">Allocated bytes of the plan; null when it cannot be read.</param>
/// <param name="BytesPerSecond">Over the last minute; null unless it runs.</param>
/// <param name="SecondsLeft">What remains at that rate.</param>
/// <param name="Rows">What runs now, by host and slot.</param>
/// <param name="Hosts">What the hosts do now; of a run that is stopped, those that were set aside, without their slots.</param>
/// <param name="Failures">What was tried and is not across, and does not run now: buckets by number, then the passes over the levels.</param>
/// <param name="Next">What to do now: a sentence, with the command to go on with; null when there is nothing but to wait.</param>
public sealed record RunStatus(
    string Migration,
    string? Run,
    RunStanding State,
    string Words,
    DateTimeOffset At,
    string? Controller,
    DateTimeOffset? Heard,
    long? BytesDone,
    long? BytesTotal,
    double? BytesPerSecond,
    double? SecondsLeft,
    StatusBuckets Buckets,
    ImmutableArray<StatusRow> Rows,
    ImmutableArray<HostRow> Hosts,
    ImmutableArray<StatusFailure> Failures,
    string? Next)
{
    /// <summary>Whether it copies or only asks what would be copied; null when there is no run yet.</summary>
    public RunMode? Mode { get; init; }

    /// <summary>
    /// Whether all is well: a controller is at work, or it ended with nothing left, no exceptions and no differences. False when something is
    /// left and no controller works on it; null when there is no run yet. The exit code of <c>Status</c> goes by it.
    /// </summary>
    public bool? IsWell { get; init; }
}

/// <summary>Where a run stands.</summary>
public enum RunStanding
{
    /// <summary>There is no run yet.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>A controller is at work: it holds its lock. Where that cannot be found out, it reported less than 15 s ago.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Something is left, and nobody works on it: it came to a halt, or its controller died.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>All is done.</summary>
    [JsonStringEnumMemberName("finished")]
    Finished,
}

/// <summary>How many buckets there are and where they stand.</summary>
/// <param name="Failed">Those whose last attempt failed and that do not run now.</param>
/// <param name="Left">All that are not done, those that run or failed among them.</param>
public sealed record StatusBuckets(int Total, int Done, int Running, int Failed, int Left);

/// <summary>One rsync under way.</summary>
/// <param name="Slot">From 1, on its host.</param>
/// <param name="Attempt">From 1, over the whole run.</param>
/// <param name="Fraction">0 to 1, of the bucket's bytes.</param>
/// <param name="Bytes">Allocated bytes gone across.</param>
/// <param name="Seconds">Since it began.</param>
public sealed record StatusRow(string Host, int Slot, int Bucket, int Attempt, double Fraction, long Bytes, double Seconds);

/// <summary>Something that was tried and is not across.</summary>
/// <param name="Work"><c>bucket 17</c>, <c>open</c> or <c>seal</c>.</param>
/// <param name="Bucket">Its number; null for a pass over the levels.</param>
/// <param name="Attempts">How many there were in the whole run.</param>
/// <param name="Reason">Why the last one failed.</param>
/// <param name="Log">What it said: a file, in full.</param>
public sealed record StatusFailure(string Work, int? Bucket, int Attempts, string Reason, string Log);
