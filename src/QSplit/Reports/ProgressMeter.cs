using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>Adds up how far a run is, from its events and from rsync's own progress. Safe to use from any thread.</summary>
internal sealed class ProgressMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ImmutableDictionary<int, Bucket> _buckets;
    private readonly Dictionary<int, (RunEvent.AttemptStarted Attempt, long Since, long Sent)> _running = [];
    private readonly Queue<(long At, long Done)> _samples = new();
    private RunState _run;
    private ImmutableArray<HostRow> _hosts = [];
    private string? _standstill;

    /// <param name="time">Gives the rate.</param>
    /// <param name="plan">Gives the total, which is known from the start.</param>
    /// <param name="run">Where the run stood when this session took it up.</param>
    public ProgressMeter(TimeProvider time, Plan plan, RunState run)
    {
        (_time, _run, _buckets) = (time, run, plan.Buckets.ToImmutableDictionary(b => b.Number));
        _samples.Enqueue((time.GetTimestamp(), DoneBytes));
    }

    public void Happened(RunEvent happened)
    {
        lock (_gate)
        {
            _run = _run.After(happened);
            if (happened is RunEvent.AttemptStarted { Work.IsBucket: true } started) _running[started.Work.Bucket] = (started, _time.GetTimestamp(), 0);
            if (happened is RunEvent.AttemptEnded { Work.IsBucket: true } ended) _running.Remove(ended.Work.Bucket);
        }
    }

    /// <param name="bucket">A running one.</param>
    /// <param name="sent">Logical bytes gone across in its attempt so far.</param>
    public void Moved(int bucket, long sent)
    {
        lock (_gate)
            if (_running.TryGetValue(bucket, out var running)) _running[bucket] = running with { Sent = sent };
    }

    /// <summary>Tells what the hosts do from now on; how many buckets run on each is known without being told.</summary>
    /// <param name="standstill">Why nothing runs although something is left; null when something does.</param>
    public void FleetIs(ImmutableArray<HostRow> hosts, string? standstill)
    {
        lock (_gate) (_hosts, _standstill) = (hosts, standstill);
    }

    public ProgressSnapshot Now()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var rows = _running.Values.Select(r => Row(r.Attempt, r.Since, r.Sent, now)).OrderBy(r => r.Slot).ToImmutableArray();
            var done = DoneBytes + rows.Sum(r => r.Bytes);
            var total = _buckets.Values.Sum(b => b.Totals.Bytes);
            var rate = Rate(now, done);
            return new ProgressSnapshot(
                done, total, _run.DoneBuckets.Count(), _run.LeftBuckets.Count(n => _run.Buckets[n].IsFailed), _buckets.Count,
                rate, rate > 0 ? TimeSpan.FromSeconds(Math.Min(Math.Max(0, total - done) / rate.Value, 1e9)) : null, rows)
            {
                At = _time.GetUtcNow(),
                Hosts = [.. _hosts.Select(host => host with { Busy = rows.Count(row => row.Slot.Host == host.Name) })],
                Standstill = _standstill,
            };
        }
    }

    private long DoneBytes => _run.DoneBuckets.Sum(n => _buckets[n].Totals.Bytes);

    private ProgressRow Row(RunEvent.AttemptStarted attempt, long since, long sent, long now)
    {
        var totals = _buckets[attempt.Work.Bucket].Totals;
        var fraction = totals.LogicalBytes > 0 ? Math.Min(1, (double)sent / totals.LogicalBytes) : 0;
        return new ProgressRow(
            new Slot(attempt.Host, attempt.Slot), attempt.Work.Bucket, attempt.Attempt, fraction, (long)(fraction * totals.Bytes), _time.GetElapsedTime(since, now));
    }

    private double? Rate(long now, long done)
    {
        if (_time.GetElapsedTime(_samples.Last().At, now) >= TimeSpan.FromMilliseconds(200)) _samples.Enqueue((now, done));
        while (_samples.Count > 2 && _time.GetElapsedTime(_samples.Peek().At, now) > Window) _samples.Dequeue();
        var (at, before) = _samples.Peek();
        var seconds = _time.GetElapsedTime(at, now).TotalSeconds;
        return seconds < 0.2 ? null : Math.Max(0, done - before) / seconds;
    }
}
