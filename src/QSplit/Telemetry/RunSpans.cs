using System.Diagnostics;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Telemetry;

/// <summary>
/// The spans of a run's buckets and attempts, from its events. A bucket's lies within the stage that hands it out, an attempt's within its
/// bucket's, or within the stage where its pass has none. Events come one after another, so nothing here is locked.
/// </summary>
internal sealed class RunSpans
{
    private readonly Dictionary<WorkUnit, Activity> _attempts = [];
    private readonly Dictionary<int, Activity> _buckets = [];
    private readonly Plan _plan;
    private readonly Activity? _around;

    public RunSpans(Plan plan, string run)
    {
        (_plan, _around) = (plan, RunSpan.Current);
        _around?.SetTag(AttributeNames.Run, run);
    }

    public void Happened(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.AttemptStarted started:
                Began(started);
                break;
            case RunEvent.AttemptEnded ended:
                Ended(ended);
                break;
            case RunEvent.HostSetAside aside:
                _around?.AddEvent(Event("qsplit.host.set_aside", (AttributeNames.Host, aside.Host), (AttributeNames.Reason, aside.Why)));
                break;
            case RunEvent.HostReturned returned:
                _around?.AddEvent(Event("qsplit.host.returned", (AttributeNames.Host, returned.Host)));
                break;
            case RunEvent.Stopped stopped:
                _around?.SetStatus(ActivityStatusCode.Error, stopped.Reason);
                break;
        }
    }

    /// <summary>Ends what has not ended: buckets that were given up, or are left because the run stopped.</summary>
    /// <param name="run">Where it stands.</param>
    public void End(RunState run)
    {
        foreach (var attempt in _attempts.Values) End(attempt, "its end is not known");
        foreach (var (number, bucket) in _buckets) End(bucket, run.Buckets[number].Last is { } last ? ProgressText.Reason(last) : "its end is not known");
        var left = run.LeftBuckets.Count();
        if (left > 0 && _around is { Status: ActivityStatusCode.Unset }) _around.SetStatus(ActivityStatusCode.Error, $"{left} of {run.Buckets.Count} buckets are left");
    }

    private void Began(RunEvent.AttemptStarted started)
    {
        var within = Activity.Current;
        if (started.Work.IsBucket)
        {
            if (_buckets.TryGetValue(started.Work.Bucket, out var known)) known.AddEvent(Event("qsplit.retry", (AttributeNames.Attempt, started.Attempt), (AttributeNames.Host, started.Host)));
            within = known ?? BeginBucket(started.Work.Bucket);
        }
        if (Begin("Attempt", within) is not { } span) return;
        _attempts[started.Work] = span;
        if (started.Work.IsBucket) span.SetTag(AttributeNames.Bucket, started.Work.Bucket);
        span.SetTag(AttributeNames.Pass, AttributeValues.Of(started.Work.Pass))
            .SetTag(AttributeNames.Attempt, started.Attempt)
            .SetTag(AttributeNames.Host, started.Host)
            .SetTag(AttributeNames.Slot, started.Slot)
            .SetTag(AttributeNames.Named, started.Named);
    }

    private Activity? BeginBucket(int number)
    {
        if (Begin("Bucket", Activity.Current) is not { } span) return null;
        var planned = _plan.Buckets[number - 1].Totals;
        return _buckets[number] = span
            .SetTag(AttributeNames.Bucket, number)
            .SetTag(AttributeNames.BucketBytes, planned.Bytes)
            .SetTag(AttributeNames.BucketEntries, planned.Entries);
    }

    private void Ended(RunEvent.AttemptEnded ended)
    {
        var why = ended.Outcome is TransferOutcome.Succeeded ? null : ProgressText.Reason(ended.Outcome);
        if (_attempts.Remove(ended.Work, out var span))
        {
            if (ended.Lost) span.AddEvent(Event("qsplit.connection.lost"));
            span.SetTag(AttributeNames.Outcome, AttributeValues.Of(ended.Outcome))
                .SetTag(AttributeNames.Bytes, ended.Moved.Bytes)
                .SetTag(AttributeNames.Files, ended.Moved.Files)
                .SetTag(AttributeNames.Created, ended.Moved.Created);
            End(span, why);
        }
        if (!ended.Work.IsBucket || !_buckets.TryGetValue(ended.Work.Bucket, out var bucket)) return;
        // That nobody tries it again is only known in the end; this is when it ended then.
        bucket.SetEndTime(DateTime.UtcNow);
        if (why is null && _buckets.Remove(ended.Work.Bucket)) End(bucket, null);
    }

    // Work goes on elsewhere, and where its beginning and end are heard another span stays the current one.
    private static Activity? Begin(string name, Activity? within)
    {
        var current = Activity.Current;
        try
        {
            return Spans.Source.StartActivity(name, ActivityKind.Internal, within?.Context ?? default);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static void End(Activity span, string? why)
    {
        var current = Activity.Current;
        if (why is not null) span.SetStatus(ActivityStatusCode.Error, why);
        span.Stop();
        Activity.Current = current;
    }

    private static ActivityEvent Event(string name, params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        var all = new ActivityTagsCollection();
        foreach (var (key, value) in tags) all[key] = value;
        return new ActivityEvent(name, tags: all);
    }
}
