using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Telemetry;

/// <summary>Tells whoever listens to meter and activity source QSplit what happens in a run. Where nobody does it costs next to nothing.</summary>
/// <param name="run">Where it stands when this session takes it up.</param>
/// <param name="now">Gives the progress whenever it is asked, on a thread of a timer.</param>
internal sealed class RunTelemetry(TimeProvider time, Plan plan, RunState run, Func<ProgressSnapshot> now) : IDisposable
{
    private readonly RunMeasures _measures = new(time, run, now);
    private readonly RunSpans _spans = new(plan, run.Id);
    private RunState _run = run;

    public void Happened(RunEvent happened)
    {
        var before = _run;
        _run = before.After(happened);
        _measures.Happened(happened, before, _run);
        _spans.Happened(happened);
    }

    /// <param name="sent">Logical bytes gone across so far in the rsync that is at it.</param>
    public void Moved(WorkUnit work, long sent) => _measures.Moved(work, sent);

    public void FleetIs(ImmutableArray<HostRow> hosts) => _measures.FleetIs(hosts);

    public void Dispose()
    {
        _spans.End(_run);
        _measures.Dispose();
    }
}
