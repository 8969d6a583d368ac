using QSplit.Reports;
using QSplit.Reports.Building;
using QSplit.Reports.Files;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;
using static QSplit.Tests.Reports.ReportStory;

namespace QSplit.Tests.Reports.Files;

public sealed class ReportMarkdownSpecs
{
    [Fact]
    public void A_report_says_what_was_done_and_what_is_left()
    {
        var report = new ReportStory(SmallPlan.Of(600, 400)).At(1, Start(1)).At(3, SmallPlan.End(1, Done, moved: new Moved(3, 600, 4), seconds: 2)).Report();

        ReportMarkdown.Write(report).ShouldBe(
            """
            # Migration music, run music/1

            1 bucket of 400 B is left. To go on: ./build.sh --target=Migrate --migration=music

            - source: `/mnt/old`
            - target: `/mnt/new`

            | what | value |
            | --- | --- |
            | Migration | music |
            | Buckets | 1 of 2 done |
            | Planned | 1000 B, 20 entries |
            | Moved | 600 B, 3 files; 4 entries new on the target |
            | Time | 3.0 s |
            | Rate | 300 B/s |
            | Balance | nothing to balance; longest bucket 2.0 s, mean 2.0 s |

            ## What is left

            - bucket 2: not begun

            ## Buckets

            | bucket | planned | entries | state | attempts | moved | files | time |
            | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |
            | 1 | 600 B | 10 | done | 1 | 600 B | 3 | 2.0 s |
            | 2 | 400 B | 10 | left | 0 | 0 B | 0 | 0 s |

            ## Hosts

            | host | slots | mover | attempts | failed | moved | busy | set aside |
            | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |
            | dtn1 | 1 | - | 1 | 0 | 600 B | 2.0 s | 0 |


            """);
    }

    [Fact]
    public void Names_are_names_whatever_is_in_them()
    {
        var left = new TransferOutcome.Partial([new("./a|b`c``d*e*<img src=x>\\#012", "reason | with `marks`"), new("./plain", "Permission denied (13)")], true);
        var plan = SmallPlan.Of(600, 400) with { Notes = [new TreeNote(TreeNoteKind.Sparse, EntryPath.Parse("x_y/_z_"), "A line\nbreak and a [link](x).")] };
        var document = new ReportStory(plan).At(1, Start(1)).At(2, SmallPlan.End(1, left)).Report();

        var report = ReportMarkdown.Write(document with { Manifest = document.Manifest with { Source = "/mnt/o`l`d" } });

        report.ShouldContain("- source: `` /mnt/o`l`d ``\n");
        report.ShouldContain("  - ``` ./a|b`c``d*e*<img src=x>\\#012 ```: reason \\| with \\`marks\\`\n");
        report.ShouldContain("  - `./plain`: Permission denied (13)\n");
        report.ShouldContain("- `./x_y/_z_`: A line break and a \\[link\\](x).\n");
        var row = report.Split('\n').Single(line => line.StartsWith("| 1 | ", StringComparison.Ordinal));
        row.ShouldBe("| 1 | 600 B | 10 | 2 entries could not be copied (2 unknown), first ./a\\|b\\`c\\`\\`d\\*e\\*\\<img src=x>\\\\#012 (reason \\| with \\`marks\\`) | 1 | 0 B | 0 | 1.0 s |");
    }

    [Fact]
    public void A_hundred_failures_of_a_bucket_are_named_and_the_others_counted()
    {
        var left = new TransferOutcome.Partial([.. Enumerable.Range(0, 150).Select(i => new FailedEntry($"./{i}", "x"))], true);

        var report = ReportMarkdown.Write(new ReportStory(SmallPlan.Of(600)).At(1, Start(1)).At(2, SmallPlan.End(1, left)).Report());

        report.ShouldContain("  - `./99`: x\n  - and 50 more\n");
    }

    [Fact]
    public void A_run_that_a_full_target_stopped_says_what_to_do_first()
    {
        var report = new ReportStory(SmallPlan.Of(600, 400))
            .At(1, Start(1)).At(2, SmallPlan.End(1, new TransferOutcome.NoSpace("No space left"))).At(3, new RunEvent.Stopped("the target is full: No space left")).Report();

        Headline.Of(report).ShouldBe(
            "The run stopped: the target is full: No space left. 2 buckets of 1000 B are left. Make room on the target first. To go on: ./build.sh --target=Migrate --migration=music");
    }

    [Fact]
    public void A_night_between_two_sessions_slows_nothing_down()
    {
        var report = ReportMarkdown.Write(new ReportStory(SmallPlan.Of(600, 400))
            .At(0, Start(1)).At(100, SmallPlan.End(1, Done, moved: new Moved(1, 1000, 1), seconds: 100)).At(100, new RunEvent.Stopped("interrupted"))
            .At(36_000, new RunEvent.Resumed("process 2"))
            .At(36_000, Start(2)).At(36_100, SmallPlan.End(2, Done, moved: new Moved(1, 1000, 1), seconds: 100)).At(36_100, new RunEvent.Finished())
            .Report());

        report.ShouldContain("| Time | 10 h 02 min, at work for 3 min 20 s of it |\n| Rate | 10 B/s |\n");
        report.ShouldContain("\nAll is done.\n");
    }

    [Fact]
    public void Attempts_that_failed_are_told_with_their_host_and_reason_though_the_bucket_is_done()
    {
        var report = ReportMarkdown.Write(new ReportStory(SmallPlan.Of(600))
            .At(1, Start(1, slot: 2)).At(3, SmallPlan.End(1, Refused)).At(4, Start(1, 2, "dtn2")).At(5, SmallPlan.End(1, Done, 2)).Report());

        report.ShouldContain(
            """
            ## Attempts that failed

            | began | work | attempt | host | outcome | reason |
            | --- | --- | ---: | --- | --- | --- |
            | 2026-11-22 17:30:01 | bucket 1 | 1 | dtn1/2 | transient | Connection refused |


            """);
    }

    [Fact]
    public void A_dry_run_says_what_a_run_would_do_by_directory_with_the_first_names()
    {
        var preview = new Preview([Part("./a|b", ChangeKind.Create, 5, 4, 2048, "./a|b/1", "./a|b/2", "./a|b/3", "./a|b/4"), Part("./c", ChangeKind.Attributes, 1, 0, 0, "./c")]);
        var report = ReportMarkdown.Write(new ReportStory(SmallPlan.Of(600), RunMode.DryRun)
            .At(1, Start(1)).At(2, SmallPlan.End(1, Done) with { Preview = preview }).At(3, new RunEvent.Finished()).Report());

        report.ShouldStartWith("# Migration music, dry run music/1\n\nNothing was written. To carry it out: ./build.sh --target=Migrate --migration=music\n");
        report.ShouldContain("| Would create | 5 entries |\n| Would update | 0 files |\n| Would change attributes | 1 entry |\n| Would delete | not asked |\n| Would copy | 2.0 KiB, 4 files |\n");
        report.ShouldNotContain("| Moved |", Case.Sensitive);
        report.ShouldContain(
            """
            ## What a run would do

            | directory | change | entries | files | bytes | first |
            | --- | --- | ---: | ---: | ---: | --- |
            | ./a\|b | create | 5 | 4 | 2.0 KiB | ./a\|b/1, ./a\|b/2, ./a\|b/3, ... |
            | ./c | attributes | 1 | 0 | 0 B | ./c |


            """);
    }

    [Fact]
    public void A_plan_says_what_would_be_done_and_how_to_begin()
    {
        var plan = SmallPlan.Of(600, 400) with
        {
            Terms = new("migrations.yml", "ab12", "old", "new", "", ""),
            Digest = "cd34",
            Outline = new([new(EntryPath.Root, new(1000, 1000, 20), true, true), new(EntryPath.Parse("a"), new(600, 600, 10), false, false)]),
        };

        var report = ReportMarkdown.Write(ReportOf.Plan(plan, new RunTerms("/mnt/old", "/mnt/new", ""), StatusOf.Nothing("music", Command, Begin), Begin, "QSplit 1.2.3"));

        report.ShouldStartWith(
            """
            # Migration music, plan 202611221730

            To begin: ./build.sh --target=Migrate --migration=music

            - source: `/mnt/old`
            - target: `/mnt/new`
            - manifest: `migrations.yml`, SHA-256 `ab12`
            - plan: `cd34`

            | what | value |
            | --- | --- |
            | Migration | music |
            | Buckets | 2 |
            | Planned | 1000 B, 20 entries |
            | Shared directories | 1 |
            | Balance | nothing to balance |

            ## Buckets

            | bucket | planned | entries | items | estimate | file |
            | ---: | ---: | ---: | ---: | ---: | --- |
            | 1 | 600 B | 10 | 1 | 10 min 00 s | qsync\_202611221730\_bucket1.txt |
            """.Replace("\\_", "_", StringComparison.Ordinal));
        report.ShouldContain("| ./a | 600 B | 10 |");
    }

    [Fact]
    public void However_large_the_run_the_page_fits_where_CI_systems_show_it()
    {
        var plan = SmallPlan.Of([.. Enumerable.Repeat(1L, 10_000)]);
        var story = new ReportStory(plan).At(1, Start(9999)).At(2, SmallPlan.End(9999, Refused));
        for (var n = 1; n <= 5000; n++) story.At(n, Start(n)).At(n, SmallPlan.End(n, Done));

        var report = ReportMarkdown.Write(story.Report());

        report.Length.ShouldBeLessThan(100_000);
        report.ShouldContain("- bucket 9999: Connection refused; log: `/runs/music/1/logs/9999.1.log`\n- bucket 5001: not begun\n");
        report.ShouldContain("- and 4,900 more: see report.json\n");
    }
}
