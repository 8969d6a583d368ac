using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>How far a run is at one moment.</summary>
/// <param name="Done">Allocated bytes of what is across, running buckets by their share.</param>
/// <param name="Total">Allocated bytes of the plan.</param>
/// <param name="BytesPerSecond">Over the last minute of this session; null before anything is known.</param>
/// <param name="Left">What remains at that rate; null while there is none.</param>
/// <param name="Rows">What runs now, by host and slot.</param>
public sealed record ProgressSnapshot(
    long Done,
    long Total,
    int BucketsDone,
    int BucketsFailed,
    int Buckets,
    double? BytesPerSecond,
    TimeSpan? Left,
    ImmutableArray<ProgressRow> Rows)
{
    /// <summary>When that was, in UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What the hosts do; empty where nobody told.</summary>
    public ImmutableArray<HostRow> Hosts { get; init; } = [];

    /// <summary>Why nothing runs although something is left; null when something does.</summary>
    public string? Standstill { get; init; }

    /// <summary>0 to 1; a plan without bytes counts its buckets.</summary>
    public double Fraction => Share(Done, Total, BucketsDone, Buckets);

    internal static double Share(long done, long total, int bucketsDone, int buckets) =>
        total > 0 ? Math.Clamp((double)done / total, 0, 1) : buckets > 0 ? (double)bucketsDone / buckets : 1;
}

/// <summary>One rsync under way.</summary>
/// <param name="Fraction">0 to 1, of the bucket's bytes.</param>
public sealed record ProgressRow(Slot Slot, int Bucket, int Attempt, double Fraction, long Bytes, TimeSpan Elapsed);
