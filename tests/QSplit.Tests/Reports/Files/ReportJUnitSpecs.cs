using System.Xml.Linq;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Reports.Building;
using QSplit.Reports.Files;
using QSplit.Runs;
using QSplit.Transfers;
using static QSplit.Tests.Reports.ReportStory;

namespace QSplit.Tests.Reports.Files;

/// <summary>The run as tests: read back by another reader of XML.</summary>
public sealed class ReportJUnitSpecs
{
    private readonly Plan _plan = SmallPlan.Of(600, 300, 100);

    [Fact]
    public void A_bucket_is_a_test_that_passed_failed_or_was_skipped()
    {
        var suite = Suite(new ReportStory(_plan)
            .At(1, Start(1)).At(3, SmallPlan.End(1, Done, seconds: 2.5))
            .At(3, Start(2)).At(4, SmallPlan.End(2, new TransferOutcome.Partial([new("./a", "Permission denied (13)")], true), seconds: 1))
            .Report());

        Counts(suite).ShouldBe((3, 1, 1));
        ((string?)suite.Attribute("name"), (string?)suite.Attribute("timestamp")).ShouldBe(("music", "2026-11-22T17:30:00"));
        var cases = suite.Elements("testcase").ToList();
        cases.Select(c => ((string?)c.Attribute("name"), (string?)c.Attribute("classname"), (string?)c.Attribute("time"))).ShouldBe(
            [("bucket 1", "qsplit.music", "2.500"), ("bucket 2", "qsplit.music", "1.000"), ("bucket 3", "qsplit.music", "0.000")]);
        cases[0].Elements().ShouldBeEmpty();
        var failure = cases[1].Elements().ShouldHaveSingleItem();
        (failure.Name.LocalName, (string?)failure.Attribute("message")).ShouldBe(("failure", "1 entry could not be copied (1 unknown), first ./a (Permission denied (13))"));
        failure.Value.ShouldBe($"Log: /runs/music/1/logs/2.1.log\n./a: Permission denied (13)\nTo go on: {Command}");
        ((string?)cases[2].Element("skipped")?.Attribute("message")).ShouldBe("not begun");
    }

    [Fact]
    public void A_pass_over_the_levels_is_there_when_something_is_wrong_with_it()
    {
        var suite = Suite(new ReportStory(_plan)
            .At(1, new RunEvent.AttemptStarted(WorkUnit.Open, 1, "dtn1", 1, 0)).At(2, new RunEvent.AttemptEnded(WorkUnit.Open, 1, Refused, default, 1)).At(3, new RunEvent.Stopped("the shared directories cannot be made"))
            .Report());

        Counts(suite).ShouldBe((4, 1, 3));
        var open = suite.Elements("testcase").Last();
        ((string?)open.Attribute("name"), (string?)open.Element("failure")?.Attribute("message")).ShouldBe(("open", "Connection refused"));
    }

    [Fact]
    public void What_runs_was_interrupted_or_died_with_its_controller_is_skipped_with_that_word()
    {
        var story = new ReportStory(_plan).At(1, Start(1)).At(2, SmallPlan.End(1, new TransferOutcome.Interrupted())).At(1, Start(2));

        Skipped(story.Report()).ShouldBe(["interrupted", "its controller died", "not begun"]);
        Skipped(story.Report(10, AtWork(10))).ShouldBe(["interrupted", "it runs", "not begun"]);
    }

    [Fact]
    public void The_buckets_of_a_plan_are_planned() =>
        Skipped(ReportOf.Plan(_plan, new RunTerms("/mnt/old", "/mnt/new", ""), StatusOf.Nothing("music", Command, Begin), Begin, "QSplit 1.2.3")).ShouldBe(["planned", "planned", "planned"]);

    [Fact]
    public void A_bucket_of_a_dry_run_says_what_would_change()
    {
        var preview = new Preview([Part("./a", ChangeKind.Create, 5, 4, 2048), Part("./a", ChangeKind.Delete, 2, 0, 0)]);
        var suite = Suite(new ReportStory(_plan, RunMode.DryRun)
            .At(1, Start(1)).At(2, SmallPlan.End(1, Done) with { Preview = preview })
            .At(2, Start(2)).At(3, SmallPlan.End(2, Done) with { Preview = Preview.Nothing })
            .At(3, Start(3)).At(4, SmallPlan.End(3, Refused))
            .Report());

        Counts(suite).ShouldBe((3, 1, 0));
        suite.Elements("testcase").Select(c => c.Element("system-out")?.Value).ShouldBe(
        [
            "create 5, update 0, change attributes of 0, delete 2; 4 files, 2.0 KiB",
            "create 0, update 0, change attributes of 0, delete 0; 0 files, 0 B",
            null,
        ]);
    }

    [Fact]
    public void What_XML_cannot_carry_comes_out_as_something_it_can()
    {
        const string Hostile = "a\u0000b\u001b[31m\ufffe\ud800c]]>&<x a=\"'\">\u0085 \ud83c\udfb5 é";
        var report = new ReportStory(_plan).At(1, Start(1)).At(2, SmallPlan.End(1, new TransferOutcome.Partial([new(Hostile, Hostile)], true))).At(3, new RunEvent.Stopped(Hostile)).Report();

        var failure = Suite(report with { Status = report.Status with { Migration = Hostile } }).Descendants("failure").Single();

        failure.Value.ShouldContain("a\\u0000b\\u001b[31m\\ufffe\\ud800c]]>&<x a=\"'\">");
        failure.Value.ShouldContain("\ud83c\udfb5 é");
    }

    private static IEnumerable<string?> Skipped(ReportDocument report)
    {
        var suite = Suite(report);
        Counts(suite).ShouldBe((3, 0, 3));
        return suite.Elements("testcase").Select(c => (string?)c.Element("skipped")?.Attribute("message"));
    }

    private static (int Tests, int Failures, int Skipped) Counts(XElement suite)
    {
        var cases = suite.Elements("testcase").ToList();
        var counted = (cases.Count, cases.Count(c => c.Element("failure") is not null), cases.Count(c => c.Element("skipped") is not null));
        foreach (var element in (XElement[])[suite, suite.Parent!])
            ((int)element.Attribute("tests")!, (int)element.Attribute("failures")!, (int)element.Attribute("skipped")!).ShouldBe(counted);
        return counted;
    }

    private static XElement Suite(ReportDocument report)
    {
        var text = ReportJUnit.Write(report);
        text.ShouldStartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites ");
        return XDocument.Parse(text).Root.ShouldNotBeNull().Elements("testsuite").ShouldHaveSingleItem();
    }
}
