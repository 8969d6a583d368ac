using System.Diagnostics;
using QSplit.Pipes;

namespace QSplit.Tests.Pipes;

public sealed class SpanSpecs : IDisposable
{
    private const int Limit = 10_000;
    private readonly ActivitySource _own = new("QSplit.Tests.Spans");
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanSpecs()
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

    [Fact(Timeout = Limit)]
    public async Task Each_stage_is_a_span_with_its_name()
    {
        var arithmetic = new Arithmetic();

        var spans = await SpansOfAsync(5 | arithmetic.Double >> arithmetic.Next | arithmetic.Double);

        spans.Select(s => s.OperationName).ShouldBe(["Twice", "Increment", "Twice"]);
        spans.ShouldAllBe(s => s.Status == ActivityStatusCode.Unset);
    }

    [Fact(Timeout = Limit)]
    public async Task A_stage_that_fails_says_so_in_its_span_and_so_does_the_stage_around_it()
    {
        var fail = new Stage<int, int>(_ => throw new InvalidOperationException("no more disks"), "Survey");
        var outer = new Stage<int, int>((value, token) => (value | fail).RunAsync(token), "TakeUp");

        var spans = await SpansOfAsync(5 | outer);

        spans.Select(s => (s.OperationName, s.Status, s.StatusDescription)).ShouldBe(
        [
            ("Survey", ActivityStatusCode.Error, "no more disks"),
            ("TakeUp", ActivityStatusCode.Error, "Stage 'Survey' failed: no more disks"),
        ]);
        spans[0].ParentSpanId.ShouldBe(spans[1].SpanId);
    }

    [Fact(Timeout = Limit)]
    public async Task A_stage_that_is_cancelled_says_so_in_its_span()
    {
        using var source = new CancellationTokenSource();
        var cancel = new Stage<int, int>(async (value, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return value;
        }, "Survey");

        var spans = await SpansOfAsync(5 | cancel, source.Token);

        spans.ShouldHaveSingleItem().StatusDescription.ShouldBe("cancelled");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _own.Dispose();
    }

    // Other tests run pipelines at the same time: only what is below a span of this test is its own.
    private async Task<List<Activity>> SpansOfAsync(Flow<int> flow, CancellationToken? token = null)
    {
        using var root = _own.StartActivity("test").ShouldNotBeNull();
        try
        {
            await flow.RunAsync(token ?? TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is StageFailedException or OperationCanceledException)
        {
            // The spans tell.
        }
        lock (_ended) return [.. _ended.Where(span => span.TraceId == root.TraceId)];
    }
}
