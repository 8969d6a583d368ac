using System.Collections.Immutable;
using System.Diagnostics;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Telemetry;

/// <summary>The figures of one run, from its events and from rsync's own progress. Safe to use from any thread.</summary>
internal sealed class RunMeasures : IDisposable
{
    private static readonly TimeSpan RateEvery = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Dictionary<WorkUnit, UnderWay> _running = [];
    private readonly TagList _common;
    private readonly LevelCounter _buckets;
    private readonly LevelCounter _hosts;
    private readonly LevelCounter _busy;
    private readonly LevelCounter _usable;
    private readonly Func<ProgressSnapshot> _now;
    private readonly ITimer _timer;
    private readonly bool _copies;
    private bool _closed;

    /// <param name="run">Where it stands when this session takes it up.</param>
    /// <param name="now">Gives the progress, and with it the rate, whenever it is asked.</param>
    public RunMeasures(TimeProvider time, RunState run, Func<ProgressSnapshot> now)
    {
        // What an rsync that only pretends would move is not moved.
        (_copies, _now) = (run.Started.Mode == RunMode.Copy, now);
        _common = new TagList { { AttributeNames.Migration, run.Started.Migration }, { AttributeNames.Run, run.Id } };
        _buckets = new LevelCounter(Instruments.Buckets, AttributeNames.StateOfBucket, _common);
        _hosts = new LevelCounter(Instruments.Hosts, AttributeNames.StateOfHost, _common);
        _busy = new LevelCounter(Instruments.SlotsBusy, AttributeNames.Host, _common);
        _usable = new LevelCounter(Instruments.SlotsUsable, AttributeNames.Host, _common);
        _buckets.Is(Counted(run.Buckets.Values, AttributeValues.Of));
        _timer = time.CreateTimer(_ => TellRate(), null, RateEvery, RateEvery);
    }

    /// <param name="before">The run before it happened.</param>
    /// <param name="after">And with it.</param>
    public void Happened(RunEvent happened, RunState before, RunState after)
    {
        lock (_gate)
        {
            if (happened is RunEvent.AttemptStarted started) Began(started, before.StateOf(started.Work));
            else if (happened is RunEvent.AttemptEnded ended && _running.Remove(ended.Work, out var attempt)) Ended(ended, attempt);
            if (WorkOf(happened) is { IsBucket: true } work && (AttributeValues.Of(before.StateOf(work)), AttributeValues.Of(after.StateOf(work))) is var (was, @is) && was != @is)
            {
                _buckets.Change(was, -1);
                _buckets.Change(@is, 1);
            }
        }
    }

    /// <param name="work">Something under way.</param>
    /// <param name="sent">Logical bytes gone across so far in the rsync that is at it.</param>
    public void Moved(WorkUnit work, long sent)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(work, out var attempt)) return;
            // Less than before: an attempt may run a second rsync behind the first (the tail of a seal).
            var more = sent >= attempt.Sent ? sent - attempt.Sent : sent;
            _running[work] = attempt with { Sent = sent, Counted = attempt.Counted + Count(more, attempt) };
        }
    }

    public void FleetIs(ImmutableArray<HostRow> hosts)
    {
        if (!Instruments.Hosts.Enabled && !Instruments.SlotsUsable.Enabled) return;
        lock (_gate)
        {
            _hosts.Is(Counted(hosts, AttributeValues.Of));
            _usable.Is(hosts.ToDictionary(host => host.Name, host => AttributeValues.Of(host) == "well" ? (long)host.Slots : 0));
        }
    }

    /// <summary>Where the buckets stand stays; a run that nobody is at has neither hosts nor a rate.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _closed = true;
            _hosts.Is(ImmutableDictionary<string, long>.Empty);
            _usable.Is(ImmutableDictionary<string, long>.Empty);
            Instruments.Rate.Record(0, _common);
        }
    }

    private void Began(RunEvent.AttemptStarted started, WorkState before)
    {
        _running[started.Work] = new UnderWay(started, 0, 0);
        _busy.Change(started.Host, 1);
        if (before.IsTriedInVain) Instruments.Retries.Add(1, TagsOf(started));
    }

    private void Ended(RunEvent.AttemptEnded ended, UnderWay attempt)
    {
        _busy.Change(attempt.Started.Host, -1);
        Instruments.Attempts.Add(1, [.. TagsOf(attempt.Started), new(AttributeNames.Outcome, AttributeValues.Of(ended.Outcome))]);
        // Not by host: of a thousand hosts each would have all the steps.
        Instruments.AttemptDuration.Record(
            ended.Seconds, [.. _common, new(AttributeNames.Pass, AttributeValues.Of(ended.Work.Pass)), new(AttributeNames.Outcome, AttributeValues.Of(ended.Outcome))]);
        // What the progress did not tell; a counter takes nothing back.
        Count(Math.Max(0, ended.Moved.Bytes - attempt.Counted), attempt);
        if (!_copies) return;
        Instruments.Files.Add(ended.Moved.Files, TagsOf(attempt.Started));
        Instruments.Created.Add(ended.Moved.Created, TagsOf(attempt.Started));
    }

    private long Count(long bytes, UnderWay attempt)
    {
        if (_copies && bytes > 0) Instruments.Bytes.Add(bytes, TagsOf(attempt.Started));
        return bytes;
    }

    private TagList TagsOf(RunEvent.AttemptStarted started) =>
        [.. _common, new(AttributeNames.Host, started.Host), new(AttributeNames.Pass, AttributeValues.Of(started.Work.Pass))];

    private void TellRate()
    {
        if (!Instruments.Rate.Enabled) return;
        var rate = _now().BytesPerSecond ?? 0;
        lock (_gate)
            if (!_closed) Instruments.Rate.Record(rate, _common);
    }

    private static WorkUnit? WorkOf(RunEvent happened) => happened switch
    {
        RunEvent.AttemptStarted started => started.Work,
        RunEvent.AttemptEnded ended => ended.Work,
        _ => null,
    };

    private static Dictionary<string, long> Counted<T>(IEnumerable<T> all, Func<T, string> state) => all.CountBy(state).ToDictionary(s => s.Key, s => (long)s.Value);

    /// <param name="Sent">By the progress of the rsync that runs now.</param>
    /// <param name="Counted">All bytes of the attempt that were counted.</param>
    private readonly record struct UnderWay(RunEvent.AttemptStarted Started, long Sent, long Counted);
}
