using System.Diagnostics;

namespace QSplit.Tests.Telemetry;

/// <summary>Listens to spans. Other tests run at the same time: only what lies below a span of this test is its own.</summary>
internal sealed class HeardSpans : IDisposable
{
    private readonly ActivitySource _own = new("QSplit.Tests");
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public HeardSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "QSplit" || source == _own,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (_ended) _ended.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Begins the span of the test.</summary>
    public Activity Begin() => _own.StartActivity("test").ShouldNotBeNull();

    /// <summary>Those that ended below it, in that order.</summary>
    public IReadOnlyList<Activity> Below(Activity root)
    {
        lock (_ended) return [.. _ended.Where(span => span.TraceId == root.TraceId && span != root)];
    }

    public void Dispose()
    {
        _listener.Dispose();
        _own.Dispose();
    }
}
