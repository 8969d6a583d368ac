using System.Diagnostics;
using System.Globalization;

namespace QSplit.Tests.Telemetry;

/// <summary>What a real run tells, with all its threads.</summary>
public sealed class ListenedRunSpecs : IDisposable
{
    private readonly ListenedRun _run = new();

    [Fact(Timeout = HangLimit)]
    public async Task Each_attempt_lies_within_its_bucket_and_each_bucket_within_the_stage_that_hands_it_out()
    {
        AddReels();
        // The first of all attempts fails, as when a connection is reset.
        _run.Wrap("if mkdir failed 2>/dev/null; then exit 12; fi");

        var summary = await _run.MigrateAsync();

        summary.Run.IsFinished.ShouldBeTrue();
        var migrate = _run.Named("Migrate").ShouldHaveSingleItem();
        var run = _run.Named("Run").ShouldHaveSingleItem();
        ParentOf(run).ShouldBe(migrate);
        run.GetTagItem("qsplit.migration").ShouldBe(_run.Migration);
        run.GetTagItem("qsplit.run").ShouldBe(summary.Run.Id);
        run.Status.ShouldBe(ActivityStatusCode.Unset);
        var stages = ((string[])["Open", "Dispatch", "Seal"]).Select(name => _run.Named(name).ShouldHaveSingleItem()).ToList();
        stages.ShouldAllBe(stage => ParentOf(stage) == run);
        ParentOf(_run.Named("Report").ShouldHaveSingleItem()).ShouldBe(run);

        var buckets = _run.Named("Bucket").ToDictionary(span => (int)span.GetTagItem("qsplit.bucket")!);
        buckets.Keys.Order().ShouldBe([1, 2, 3]);
        buckets.Values.ShouldAllBe(bucket => ParentOf(bucket) == stages[1] && bucket.Status == ActivityStatusCode.Unset);
        var attempts = _run.Named("Attempt").ToList();
        var ofBuckets = attempts.Where(span => span.GetTagItem("qsplit.bucket") is not null).ToList();
        ofBuckets.Count.ShouldBe(4);
        ofBuckets.ShouldAllBe(span => ParentOf(span) == buckets[(int)span.GetTagItem("qsplit.bucket")!]);
        attempts.Except(ofBuckets).Select(span => (ParentOf(span), span.GetTagItem("qsplit.pass"))).ShouldBe([(stages[0], "open"), (stages[2], "seal")], ignoreOrder: true);
        // Within in time, too.
        ofBuckets.ShouldAllBe(span => ParentOf(span)!.StartTimeUtc <= span.StartTimeUtc && End(span) <= End(ParentOf(span)!));
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_attempts_say_and_what_is_measured_agrees_with_what_the_store_says()
    {
        AddReels();
        _run.Wrap("if mkdir failed 2>/dev/null; then exit 12; fi");

        await _run.MigrateAsync();

        var failed = _run.Named("Attempt").Where(span => span.Status == ActivityStatusCode.Error).ShouldHaveSingleItem();
        failed.GetTagItem("qsplit.outcome").ShouldBe("transient");
        failed.StatusDescription.ShouldNotBeNullOrEmpty();
        failed.GetTagItem("qsplit.host").ShouldBe("here");
        var again = _run.Named("Attempt").Where(span => span.GetTagItem("qsplit.attempt") is 2).ShouldHaveSingleItem();
        again.GetTagItem("qsplit.outcome").ShouldBe("succeeded");
        again.ParentSpanId.ShouldBe(failed.ParentSpanId);
        ParentOf(again)!.Events.Select(e => e.Name).ShouldBe(["qsplit.retry"]);
        _run.Named("Attempt").Select(span => Convert.ToInt32(span.GetTagItem("qsplit.slot"), CultureInfo.InvariantCulture)).ShouldAllBe(slot => slot == 1 || slot == 2);

        var (stored, measured) = (_run.Stored, _run.Measured);
        stored.Moved.Bytes.ShouldBe(12 * 10_000);
        _run.Named("Attempt").Sum(span => (long)span.GetTagItem("qsplit.bytes")!).ShouldBe(stored.Moved.Bytes);
        _run.Named("Attempt").Sum(span => (long)span.GetTagItem("qsplit.files")!).ShouldBe(stored.Moved.Files);
        (measured.Sum("qsplit.bytes"), measured.Sum("qsplit.files"), measured.Sum("qsplit.entries.created")).ShouldBe((stored.Moved.Bytes, stored.Moved.Files, stored.Moved.Created));
        measured.By("qsplit.bucket.state", "qsplit.buckets").ShouldBe("done 3");
        measured.By("qsplit.outcome", "qsplit.attempts").ShouldBe("succeeded 5, transient 1");
        measured.Sum("qsplit.retries").ShouldBe(1);
        measured.Of("qsplit.hosts", "qsplit.host.state", "well").First().ShouldBe(1);
        measured.Sum("qsplit.host.slots.busy").ShouldBe(0);
        measured.All.ShouldAllBe(m => Equals(m.Tags["qsplit.run"], stored.Id));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Bytes_move_while_a_bucket_runs_and_what_an_interruption_ends_is_not_lost()
    {
        // Of what is ended the complete files count: the first of each.
        for (var i = 0; i < 3; i++)
        {
            _run.AddFile($"reel-{i}/slate", 10_000);
            _run.AddFile($"reel-{i}/take", 4_000_000);
        }
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var migrating = _run.MigrateAsync("options: [--bwlimit=500k]", interruption.Token);
        while (_run.Measured.Sum("qsplit.bytes") <= 2 * 10_000) await Task.Delay(20, TestContext.Current.CancellationToken);

        _run.Measured.By("qsplit.bucket.state", "qsplit.buckets").ShouldBe("left 1, running 2");
        await interruption.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => migrating);

        var stored = _run.Stored;
        stored.Moved.Bytes.ShouldBe(2 * 10_000);
        // What was sent of an incomplete file was sent, and is not across.
        _run.Measured.Sum("qsplit.bytes").ShouldBeGreaterThan(stored.Moved.Bytes);
        _run.Measured.By("qsplit.bucket.state", "qsplit.buckets").ShouldBe("left 3");
        _run.Named("Run").ShouldHaveSingleItem().StatusDescription.ShouldBe("cancelled");
        _run.Named("Bucket").Select(span => span.StatusDescription).ShouldBe(["interrupted", "interrupted"]);
        _run.Named("Dispatch").ShouldHaveSingleItem().StatusDescription.ShouldBe("cancelled");
    }

    public void Dispose() => _run.Dispose();

    private void AddReels()
    {
        for (var i = 0; i < 12; i++) _run.AddFile($"reel-{i / 2}/take-{i % 2}", 10_000);
    }

    private Activity? ParentOf(Activity span) => _run.Spans.SingleOrDefault(other => other.SpanId == span.ParentSpanId);

    private static DateTime End(Activity span) => span.StartTimeUtc + span.Duration;
}
