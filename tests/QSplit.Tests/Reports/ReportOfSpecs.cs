using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Reports.Building;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;
using static QSplit.Tests.Reports.ReportStory;

namespace QSplit.Tests.Reports;

/// <summary>Given the events of a run, its report says what was done, by whom and when.</summary>
public sealed class ReportOfSpecs
{
    private const int MiB = 1 << 20;
    private readonly Plan _plan = SmallPlan.Of(600, 400);

    [Fact]
    public void A_bucket_that_was_tried_again_elsewhere_has_both_attempts()
    {
        var report = new ReportStory(_plan)
            .At(1, Start(1)).At(3, SmallPlan.End(1, Refused, seconds: 2))
            .At(5, Start(1, attempt: 2, host: "dtn2", slot: 3)).At(9, SmallPlan.End(1, Done, 2, new Moved(3, 600, 4), 4))
            .Report();

        report.Run!.Attempts.ShouldBe(
        [
            new("bucket 1", 1, 1, "dtn1", 1, Begin.AddSeconds(1), Begin.AddSeconds(3), "transient", "Connection refused", 0, 0),
            new("bucket 1", 1, 2, "dtn2", 3, Begin.AddSeconds(5), Begin.AddSeconds(9), "succeeded", null, 3, 600),
        ]);
        report.Run.Hosts.ShouldBe([new("dtn1", 1, null, 1, 1, 0, 2, 0), new("dtn2", 3, null, 1, 0, 600, 4, 0)]);
        report.Plan.Buckets[0].ShouldBe(new(1, "qsync_202611221730_bucket1.txt", 600, 600, 10, 1, 600, 600, "done", 2, 3, 600, 4, 6, null));
        report.Plan.Buckets[1].ShouldSatisfyAllConditions(b => b.State.ShouldBe("left"), b => b.Attempts.ShouldBe(0), b => b.Reason.ShouldBeNull());
        (report.Kind, report.Run.Began, report.Run.Ended, report.Run.Files, report.Run.MovedBytes).ShouldBe((ReportKind.Run, Begin, Begin.AddSeconds(9), 3, 600));
    }

    [Fact]
    public void An_attempt_that_died_with_its_controller_is_lost_and_the_run_goes_on_behind_it()
    {
        var story = new ReportStory(_plan).At(1, Start(1)).At(2, Start(2, slot: 2));

        var died = story.Report();
        var report = story.At(100, new RunEvent.Resumed("process 2")).At(101, Start(1, attempt: 2)).At(103, SmallPlan.End(1, Done, 2, new Moved(1, 600, 1), 2)).Report();

        died.Run!.Attempts.Select(a => (a.Outcome, a.Ended, a.Reason)).ShouldBe([("lost", null, "its controller died"), ("lost", null, "its controller died")]);
        died.Plan.Buckets.Select(b => (b.State, b.Reason)).ShouldBe([("left", "its controller died"), ("left", "its controller died")]);
        report.Run!.Attempts.Select(a => a.Outcome).ShouldBe(["lost", "lost", "succeeded"]);
        report.Run.Left.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            left => left.Work.ShouldBe("bucket 2"), left => left.Reason.ShouldBe("its controller died"), left => left.Log.ShouldBe("/runs/music/1/logs/2.1.log"));
        report.Run.Hosts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(host => host.Failures.ShouldBe(0, "it was not the host's fault"), host => host.BusySeconds.ShouldBe(2));
    }

    [Fact]
    public void What_runs_now_is_running()
    {
        var report = new ReportStory(_plan).At(1, Start(1)).At(2, SmallPlan.End(1, Refused)).At(5, Start(1, attempt: 2)).Report(15, AtWork(15));

        report.Status.State.ShouldBe(RunStanding.Running);
        (report.Plan.Buckets[0].State, report.Plan.Buckets[0].Reason).ShouldBe(("running", "Connection refused"));
        report.Run!.Attempts[^1].ShouldSatisfyAllConditions(a => a.Outcome.ShouldBe("running"), a => a.Ended.ShouldBeNull(), a => a.Reason.ShouldBeNull());
        report.Run.Hosts.Single().BusySeconds.ShouldBe(11);
        report.Run.Left.Select(left => left.Work).ShouldBe(["bucket 2"], "bucket 1 runs");
    }

    [Fact]
    public void A_host_that_was_set_aside_counts_how_often_and_says_what_copied_there()
    {
        var movers = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("dtn1", "rsync 3.2.7"), KeyValuePair.Create("dtn3", "rsync 3.5.0")]);
        var report = new ReportStory(_plan)
            .At(0, new RunEvent.Equipped("QSplit 0.1.0", movers))
            .At(1, new RunEvent.HostSetAside("dtn1", "no answer")).At(2, new RunEvent.HostReturned("dtn1"))
            .At(2, new RunEvent.Equipped("QSplit 0.1.0", movers.Clear().Add("dtn1", "rsync 3.5.0")))
            .At(3, new RunEvent.HostSetAside("dtn1", "no answer"))
            .Report();

        report.Run!.Hosts.ShouldBe([new("dtn1", 0, "rsync 3.5.0", 0, 0, 0, 0, 2), new("dtn3", 0, "rsync 3.5.0", 0, 0, 0, 0, 0)]);
        report.Status.Hosts.ShouldHaveSingleItem().SetAside.ShouldBe("no answer");
    }

    [Fact]
    public void What_did_not_get_across_is_named_with_its_log_and_the_passes_that_failed()
    {
        var partial = new TransferOutcome.Partial([.. Enumerable.Range(0, 150).Select(i => new FailedEntry($"./{i}", "Permission denied (13)"))], true);
        var report = new ReportStory(_plan)
            .At(1, Start(1)).At(2, SmallPlan.End(1, partial))
            .At(3, new RunEvent.AttemptStarted(WorkUnit.Seal, 1, "dtn1", 1, 0)).At(4, new RunEvent.AttemptEnded(WorkUnit.Seal, 1, Refused, default, 1))
            .Report();

        var (bucket, next, seal) = report.Run!.Left is [var first, var second, var third] ? (first, second, third) : throw new InvalidOperationException();
        (bucket.Work, bucket.Bucket, bucket.Log, bucket.Entries, bucket.First.Length, bucket.First[99].Path).ShouldBe(("bucket 1", 1, "/runs/music/1/logs/1.1.log", 150, 100, "./99"));
        (next.Work, next.Reason, next.Log).ShouldBe(("bucket 2", null, null));
        (seal.Work, seal.Bucket, seal.Reason, seal.Log).ShouldBe(("seal", null, "Connection refused", "/runs/music/1/logs/seal.1.log"));
        report.Plan.Buckets[0].State.ShouldBe("failed");
    }

    [Fact]
    public void However_many_names_there_are_a_thousand_are_told()
    {
        var plan = SmallPlan.Of([.. Enumerable.Repeat(1L, 20)]);
        var partial = new TransferOutcome.Partial([.. Enumerable.Range(0, 100).Select(i => new FailedEntry($"./{i}", "x"))], true);
        var story = new ReportStory(plan);
        for (var n = 1; n <= 20; n++) story.At(n, Start(n)).At(n, SmallPlan.End(n, partial));

        var left = story.Report().Run!.Left;

        left.Sum(one => one.First.Length).ShouldBe(1000);
        left.Sum(one => one.Entries).ShouldBe(2000);
    }

    [Fact]
    public void Throughput_is_spread_evenly_over_each_attempt()
    {
        var report = new ReportStory(_plan)
            .At(0, Start(1)).At(2, SmallPlan.End(1, Done, moved: new Moved(1, 4 * MiB, 1)))
            .At(2, Start(2)).At(4, SmallPlan.End(2, Done, moved: new Moved(1, MiB, 1)))
            .At(4, new RunEvent.Finished())
            .Report();

        var steps = report.Run!.Throughput;
        steps.Select(step => step.BytesPerSecond).ShouldBe(Enumerable.Repeat(2.0 * MiB, 20).Concat(Enumerable.Repeat(MiB / 2.0, 20)), 1);
        steps.Select(step => step.At).ShouldBe(Enumerable.Range(0, 40).Select(n => Begin.AddSeconds(n * 0.1)));
        steps.ShouldAllBe(step => step.Seconds == 0.1);
    }

    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(3, 10, 86_400)]
    [InlineData(400, 7, 1000)]
    public void Throughput_loses_no_byte_and_has_no_more_steps_than_a_picture_can_show(int attempts, double each, double end)
    {
        var plan = SmallPlan.Of([.. Enumerable.Repeat(1L, attempts)]);
        var story = new ReportStory(plan);
        var random = new Random(attempts);
        var times = Enumerable.Range(1, attempts).Select(n => (Bucket: n, From: random.NextDouble() * (end - each))).ToList();
        foreach (var (bucket, from) in times) story.At(from, Start(bucket)).At(from + each, SmallPlan.End(bucket, Done, moved: new Moved(1, MiB, 1)));

        var steps = story.At(end, new RunEvent.Finished()).Report().Run!.Throughput;

        steps.Length.ShouldBeInRange(1, 120);
        steps.Sum(step => step.BytesPerSecond * step.Seconds).ShouldBe((double)attempts * MiB, 1);
        steps.Sum(step => step.Seconds).ShouldBe(end, 0.001);
        steps[^1].At.AddSeconds(steps[^1].Seconds).ShouldBe(Begin.AddSeconds(end), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_clock_that_was_set_back_hurts_nothing()
    {
        var report = new ReportStory(_plan).At(0, Start(1)).At(-50, SmallPlan.End(1, Done, moved: new Moved(1, MiB, 1))).At(10, new RunEvent.Finished()).Report();

        report.Run!.Throughput.Sum(step => step.BytesPerSecond * step.Seconds).ShouldBe(MiB, 1);
    }

    [Fact]
    public void Before_anything_ended_there_is_no_throughput() => new ReportStory(_plan).At(1, Start(1)).Report().Run!.Throughput.ShouldBeEmpty();

    [Fact]
    public void A_dry_run_sums_up_what_its_buckets_would_do()
    {
        var report = new ReportStory(_plan, RunMode.DryRun, deletes: true)
            .At(1, Start(1)).At(2, Looked(1, 1, [Part("./b", ChangeKind.Create, 9, 8, 90), Part("./z", ChangeKind.Update, 9, 9, 9)]))
            .At(3, Start(1, attempt: 2)).At(4, Looked(1, 2, [Part("./b", ChangeKind.Create, 3, 2, 20, "./b/x", "./b/y"), Part("./b", ChangeKind.Delete, 1, 0, 0)]))
            .At(5, Start(2)).At(6, Looked(2, 1, [Part("./a", ChangeKind.Attributes, 4, 0, 0), Part("./b", ChangeKind.Create, 1, 1, 7, "./b/w")]))
            .At(7, new RunEvent.AttemptStarted(WorkUnit.Seal, 1, "dtn1", 1, 0)).At(8, new RunEvent.AttemptEnded(WorkUnit.Seal, 1, Done, default, 1, Preview: new([Part(".", ChangeKind.Attributes, 1, 0, 0)])))
            .At(9, new RunEvent.Finished())
            .Report();

        report.Kind.ShouldBe(ReportKind.DryRun);
        var preview = report.Preview.ShouldNotBeNull();
        (preview.WithDeletes, preview.Create, preview.Update, preview.Attributes, preview.Delete, preview.Files, preview.Bytes).ShouldBe((true, 4, 0, 5, 1, 3, 27));
        preview.Directories.Select(d => (d.Top, d.Kind, d.Entries)).ShouldBe(
            [(".", ChangeKind.Attributes, 1), ("./a", ChangeKind.Attributes, 4), ("./b", ChangeKind.Create, 4), ("./b", ChangeKind.Delete, 1)]);
        preview.Directories[2].First.ShouldBe(["./b/x", "./b/y", "./b/w"]);
        preview.Buckets.ShouldBe([new(1, 3, 0, 0, 1, 2, 20), new(2, 1, 0, 4, 0, 1, 7), new(null, 0, 0, 1, 0, 0, 0)]);
        report.Status.Next.ShouldBe($"To carry it out: {Command}");
    }

    [Fact]
    public void A_plan_alone_has_no_run_and_knows_where_it_came_from()
    {
        var plan = _plan with
        {
            Balance = new PlanBalance(BalanceBy.Files, 10, 10, 10),
            Snapshot = new("7", "7_nightly", Begin, null),
            Terms = new("migrations.yml", "ab12", "old", "new", "--acls", ""),
            Estimate = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90), 2, ["dtn1"], "slots"),
            Digest = "cd34",
            Outline = new([new(EntryPath.Root, new(1000, 900, 20), true, true), new(EntryPath.Parse("a"), new(600, 500, 10), false, false)]),
            LargestFiles = [new(EntryPath.Parse("a/big"), new(300, 310, 1))],
            Notes = [new(TreeNoteKind.LeftOut, EntryPath.Parse(".snapshot"), "Left out.")],
        };

        var report = ReportOf.Plan(plan, new RunTerms("/mnt/old", "/mnt/new", "--acls"), StatusOf.Nothing("music", Command, Begin), Begin, "QSplit 1.2.3");

        (report.Kind, report.Run, report.Preview, report.Status.State).ShouldBe((ReportKind.Plan, null, null, RunStanding.None));
        report.Manifest.ShouldBe(new("migrations.yml", "ab12", "/mnt/old", "/mnt/new", "--acls", ""));
        var said = report.Plan;
        (said.Digest, said.Stamp, said.Snapshot, said.BalanceUnit, said.EstimatedSeconds, said.Levels).ShouldBe(("cd34", "202611221730", "7_nightly", "entries", 90, 1));
        said.Buckets.Select(b => (b.Number, b.Weight, b.State, b.Reason)).ShouldBe([(1, 10, "left", null), (2, 10, "left", null)]);
        said.Directories.ShouldBe([new(".", 1000, 900, 20), new("./a", 600, 500, 10)]);
        said.LargestFiles.ShouldBe([new("./a/big", 300, 310)]);
        said.Notes.ShouldBe([new("leftOut", "./.snapshot", "Left out.")]);
    }

    [Fact]
    public void The_words_for_outcomes_are_those_of_the_store()
    {
        TransferOutcome[] all =
        [
            Done, new TransferOutcome.Partial([], false), new TransferOutcome.NoSpace("x"), new TransferOutcome.DeleteLimit("x"), new TransferOutcome.Refused(1, "x"), Refused, new TransferOutcome.HostUnfit("x"),
            new TransferOutcome.Interrupted(),
        ];
        var story = new ReportStory(_plan);
        foreach (var outcome in all) story.At(1, Start(1)).At(2, SmallPlan.End(1, outcome));

        var words = story.Report().Run!.Attempts.Select(a => a.Outcome);

        all.Length.ShouldBe(typeof(TransferOutcome).GetNestedTypes().Length);
        words.ShouldBe(all.Select(outcome =>
        {
            var json = System.Text.Json.JsonSerializer.SerializeToNode(SmallPlan.End(1, outcome), RunJson.Default.RunEvent)!;
            return (string)json["outcome"]!["kind"]!;
        }));
    }

    private static RunEvent.AttemptEnded Looked(int bucket, int attempt, ImmutableArray<PreviewPart> parts) =>
        new(WorkUnit.OfBucket(bucket), attempt, Done, default, 1, Preview: new(parts));
}
