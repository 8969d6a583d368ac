using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Reports;

public sealed class ProgressTextSpecs
{
    private static readonly ProgressSnapshot Half = new(500L << 20, 1000L << 20, 7, 1, 12, 10 << 20, TimeSpan.FromSeconds(200), []);

    [Fact]
    public void A_summary_says_how_far_it_is_how_fast_and_how_long_yet()
    {
        ProgressText.Summary(Half).ShouldBe("50 % of 1000.0 MiB, 7 of 12 buckets, 10.0 MiB/s, 3 min 20 s left, 1 failed");
        ProgressText.Summary(Half with { BytesPerSecond = null, Left = null, BucketsFailed = 0 }).ShouldBe("50 % of 1000.0 MiB, 7 of 12 buckets");
        ProgressText.Summary(Half with { Done = Half.Total - 1 }).ShouldStartWith("99 % ");
    }

    [Fact]
    public void A_summary_counts_the_hosts_that_are_set_aside()
    {
        HostRow aside = new("dtn3", 4, 0, "Connection refused", null, false), well = new("dtn1", 4, 4, null, null, false);

        ProgressText.Summary(Half with { Hosts = [well, aside] }).ShouldEndWith(", 1 failed, 1 host set aside");
        ProgressText.Summary(Half with { Hosts = [aside, aside] }).ShouldEndWith(", 1 failed, 2 hosts set aside");
        ProgressText.Summary(Half with { Hosts = [well] }).ShouldEndWith(", 1 failed");
    }

    [Fact]
    public void A_host_that_is_set_aside_or_drains_says_why_and_until_when()
    {
        var now = new DateTimeOffset(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);
        HostRow Aside(int? seconds) => new("dtn3", 4, 0, "Connection refused\nmore", seconds is { } s ? now.AddSeconds(s) : null, false);

        ProgressText.Unusual(Aside(25), now).ShouldBe("dtn3 is set aside: Connection refused; looked at again in 25 s");
        ProgressText.Unusual(Aside(-1), now).ShouldBe("dtn3 is set aside: Connection refused");
        ProgressText.Unusual(Aside(null), now).ShouldBe("dtn3 is set aside: Connection refused");
        ProgressText.Unusual(new("dtn3", 4, 1, null, null, true), now).ShouldBe("dtn3 gets no new buckets");
        ProgressText.Unusual(new("dtn3", 4, 1, null, null, false), now).ShouldBeNull();
    }

    public static TheoryData<RunEvent.AttemptEnded, string?> Endings => new()
    {
        { SmallPlan.End(2, new TransferOutcome.Succeeded(0), moved: new Moved(1, 2048, 1)), "bucket 2 of 3: done, 2.0 KiB, 1 file, 1.0 s" },
        { SmallPlan.End(2, new TransferOutcome.Succeeded(4), moved: new Moved(0, 0, 0), seconds: 61), "bucket 2 of 3: done, 0 B, 0 files, 1 min 01 s, 4 gone from the source meanwhile" },
        { SmallPlan.End(2, new TransferOutcome.Partial([], false), 2), "bucket 2 of 3: rsync exited 23 (partial transfer) (attempt 2, 1.0 s)" },
        { SmallPlan.End(2, new TransferOutcome.Partial([new("./a", "Permission denied (13)")], true)), "bucket 2 of 3: 1 entry could not be copied (1 unknown), first ./a (Permission denied (13)) (attempt 1, 1.0 s)" },
        { SmallPlan.End(2, new TransferOutcome.NoSpace("No space left\nmore")), "bucket 2 of 3: the target is full: No space left (attempt 1, 1.0 s)" },
        { SmallPlan.End(2, new TransferOutcome.DeleteLimit("x")), "bucket 2 of 3: the limit on deletions was reached: x (attempt 1, 1.0 s)" },
        { SmallPlan.End(2, new TransferOutcome.Refused(1, "no")), "bucket 2 of 3: no (attempt 1, 1.0 s)" },
        { SmallPlan.End(2, new TransferOutcome.Transient(255, "ssh failed. x\ny")), "bucket 2 of 3: ssh failed. x (attempt 1, 1.0 s)" },
        { SmallPlan.End(2, new TransferOutcome.Interrupted()), "bucket 2 of 3: interrupted (attempt 1, 1.0 s)" },
        { new RunEvent.AttemptEnded(WorkUnit.Seal, 1, new TransferOutcome.Succeeded(0), default, 1), null },
        { new RunEvent.AttemptEnded(WorkUnit.Open, 1, new TransferOutcome.Transient(11, "error in file I/O"), default, 1), "open: error in file I/O (attempt 1, 1.0 s)" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void An_attempt_that_ended_is_told_in_one_line(RunEvent.AttemptEnded ended, string? text) => ProgressText.Ended(SmallPlan.Of(1, 2, 3), ended).ShouldBe(text);
}
