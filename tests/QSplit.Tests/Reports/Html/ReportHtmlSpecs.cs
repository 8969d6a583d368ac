using System.Text;
using System.Xml.Linq;
using QSplit.Reports;
using QSplit.Reports.Html;
using QSplit.Testing.Reports;

namespace QSplit.Tests.Reports.Html;

/// <summary>One file that shows report.json, asks for nothing, and takes no name for markup.</summary>
public sealed class ReportHtmlSpecs
{
    private const string Hostile = "<script>alert(1)</script>\"><img src=x onerror='alert(2)'>' onload=\"alert(3)\" x=']]>--></style></svg></title>&amp;&lt;{0}%s";

    public static TheoryData<string> Kinds => [.. Pages.Keys];

    private static Dictionary<string, Func<ReportDocument>> Pages { get; } = new()
    {
        ["plan"] = () => SampleReport.Plan(),
        ["dry run"] = SampleReport.DryRun,
        ["verification"] = SampleReport.Verified,
        ["sync"] = SampleReport.Synced,
        ["cutover"] = SampleReport.CutOver,
        ["running"] = SampleReport.Running,
        ["failed"] = SampleReport.Failed,
        ["finished"] = () => SampleReport.Finished(),
        ["of events"] = () => new ReportStory(SmallPlan.Of(600)).Report(),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_figure_is_the_one_of_report_json(string kind)
    {
        var document = Pages[kind]();
        var json = SampleJson.Of(document);
        var figures = Page(document).Descendants().Where(element => element.Attribute("data-figure") is not null)
            .Select(element => new ShownFigure(element.Attribute("data-figure")!.Value, element.Attribute("data-value")!.Value, element.Name.LocalName == "span" ? element.Value : null)).ToArray();
        figures.Select(figure => figure.Problem(json)).OfType<string>().ShouldBeEmpty();
        figures.Select(figure => figure.Path).ShouldContain("plan.bytes");
        foreach (var i in Enumerable.Range(0, document.Plan.Buckets.Length)) figures.Select(figure => figure.Path).ShouldContain($"plan.buckets[{i}].bytes");
        foreach (var i in Enumerable.Range(0, document.Run?.Attempts.Length ?? 0)) figures.Select(figure => figure.Path).ShouldContain($"run.attempts[{i}].movedBytes");
    }

    [Theory]
    [InlineData("plan", "tree balance largest buckets notes proof")]
    [InlineData("dry run", "preview tree gantt balance hosts largest buckets notes proof")]
    [InlineData("finished", "tree gantt throughput balance hosts largest buckets notes proof")]
    [InlineData("failed", "failures tree gantt throughput balance hosts largest buckets notes proof")]
    public void Each_kind_has_its_parts(string kind, string parts) =>
        Page(Pages[kind]()).Descendants().Where(element => element.Name.LocalName == "section").Select(section => section.Attribute("id")!.Value).ShouldBe(parts.Split(' '));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_name_becomes_markup(string kind)
    {
        var document = Pages[kind]();
        var before = Page(document);
        var after = Page(SampleJson.WithNames(document, name => name + Hostile));
        string[] scripts = ["script", "img", "iframe", "object", "embed", "form", "base"];
        after.Descendants().Where(element => scripts.Contains(element.Name.LocalName)).ShouldBeEmpty();
        after.Descendants().Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
        Kinds(after).Except(Kinds(before)).ShouldBeEmpty();
        after.Descendants().First(element => element.Name.LocalName == "h1").Value.ShouldBe(before.Descendants().First(element => element.Name.LocalName == "h1").Value + Hostile);

        static IEnumerable<string> Kinds(XDocument page) => page.Descendants().Attributes().Select(attribute => $"{attribute.Parent!.Name.LocalName} {attribute.Name.LocalName}").Distinct();
    }

    [Theory]
    [InlineData("a\u202Egpj.exe", "a⟨U+202E⟩gpj.exe")]
    [InlineData("\u0001\u001B[31m", "⟨U+0001⟩⟨U+001B⟩[31m")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("\u2066x\u2069\u200F\uFEFF\uFFFF", "⟨U+2066⟩x⟨U+2069⟩⟨U+200F⟩⟨U+FEFF⟩⟨U+FFFF⟩")]
    [InlineData("日本 👩‍💻 émilie", "日本 👩‍💻 émilie")]
    public void What_cannot_be_seen_or_turns_its_surroundings_is_shown_by_its_number(string name, string shown)
    {
        var page = new StringBuilder();
        Escaped.Append(page, name);
        page.ToString().ShouldBe(shown);
        XDocument.Parse($"<p a='{page}'>{page}</p>").Root!.Value.ShouldBe(shown);
    }

    [Fact]
    public void Half_a_character_does_not_spoil_the_page()
    {
        var page = new StringBuilder();
        Escaped.Append(page, $"a{'\uD83D'}b{'\uDC69'}");
        page.ToString().ShouldBe("a\uFFFDb\uFFFD");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_needs_nothing_from_elsewhere_and_runs_no_script(string kind)
    {
        var page = Page(Pages[kind]());
        string[] reaching = ["src", "href", "srcset", "data", "action", "poster", "background"];
        page.Descendants().Attributes().Where(attribute => reaching.Contains(attribute.Name.LocalName)).Select(attribute => attribute.Value)
            .Where(value => !value.StartsWith('#') && value != "data:,").ShouldBeEmpty();
        page.Descendants().Where(element => element.Name.LocalName == "script").ShouldBeEmpty();
        Styles.Sheet.Text.ShouldNotContain("@import");
        Styles.Sheet.Text.Split("url(").Skip(1).ShouldAllBe(rest => rest.StartsWith('#'));
        Styles.Sheet.Text.IndexOfAny(['<', '&']).ShouldBe(-1);
    }

    [Fact]
    public void With_200_hosts_and_10000_buckets_it_is_under_5_MB()
    {
        var html = ReportHtml.Write(SampleReport.Finished(SampleShape.Large));
        Encoding.UTF8.GetByteCount(html).ShouldBeInRange(500_000, 5_000_000);
        html.ShouldContain("9,750 more buckets: report.json has them all.");
    }

    [Fact]
    public void A_plan_of_nothing_and_a_run_that_only_began_have_pages_too()
    {
        var plan = SampleReport.Plan();
        var nothing = plan with { Plan = plan.Plan with { Bytes = 0, LogicalBytes = 0, Entries = 0, Heaviest = 0, Mean = 0, Bound = 0, EstimatedSeconds = null, Digest = null, Snapshot = null, Buckets = [], Directories = [], LargestFiles = [], Notes = [] } };
        Page(nothing).Descendants().Where(element => element.Name.LocalName == "section").Select(section => section.Attribute("id")!.Value).ShouldBe(["proof"]);
        var running = SampleReport.Running();
        Page(running with { Run = running.Run! with { Ended = running.Run.Began, Attempts = [], Hosts = [], Throughput = [], MovedBytes = 0 } }).Root!.Value.ShouldNotContain("NaN");
    }

    // Text that is not well-formed is no page.
    private static XDocument Page(ReportDocument document) => XDocument.Parse(ReportHtml.Write(document));
}
