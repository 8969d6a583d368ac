using System.Diagnostics;
using QSplit.Pipes;
using QSplit.Tests.Telemetry;

namespace QSplit.Tests.Pipes;

public sealed class SpanSpecs : IDisposable
{
    private readonly HeardSpans _heard = new();

    [Fact(Timeout = HangLimit)]
    public async Task Each_stage_is_a_span_with_its_name()
    {
        var arithmetic = new Arithmetic();

        var spans = await SpansOfAsync(5 | arithmetic.Double >> arithmetic.Next | arithmetic.Double);

        spans.Select(s => s.OperationName).ShouldBe(["Twice", "Increment", "Twice"]);
        spans.ShouldAllBe(s => s.Status == ActivityStatusCode.Unset);
    }

    [Fact(Timeout = HangLimit)]
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

    [Fact(Timeout = HangLimit)]
    public async Task Several_stages_can_be_one_span_and_theirs_lie_within_it()
    {
        var arithmetic = new Arithmetic();

        var spans = await SpansOfAsync(5 | (arithmetic.Double >> arithmetic.Next).AsSpan("Both", (span, value) => span.SetTag("of", value)));

        spans.Select(s => s.OperationName).ShouldBe(["Twice", "Increment", "Both"]);
        spans.Take(2).ShouldAllBe(s => s.ParentSpanId == spans[2].SpanId);
        spans[2].GetTagItem("of").ShouldBe(5);
    }

    [Fact(Timeout = HangLimit)]
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

    public void Dispose() => _heard.Dispose();

    private async Task<IReadOnlyList<Activity>> SpansOfAsync(Flow<int> flow, CancellationToken? token = null)
    {
        using var root = _heard.Begin();
        try
        {
            await flow.RunAsync(token ?? TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is StageFailedException or OperationCanceledException)
        {
            // The spans tell.
        }
        return _heard.Below(root);
    }
}
