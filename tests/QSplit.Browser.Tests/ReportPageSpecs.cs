using System.Text.Json;
using Microsoft.Playwright;
using QSplit.Reports;
using QSplit.Reports.Html;
using QSplit.Testing.Reports;

namespace QSplit.Browser.Tests;

/// <summary>report.html as its reader has it: in a browser, on a screen of any width, in the dark, on paper.</summary>
public sealed class ReportPageSpecs(Chromium chromium)
{
    private const int Phone = 400;

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
    };

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Kinds))]
    public async Task It_opens_without_a_complaint_and_its_figures_are_those_of_report_json(string kind)
    {
        var document = Pages[kind]();
        await using var window = await chromium.OpenAsync(ReportHtml.Write(document));
        var figures = await window.Page.EvaluateAsync<JsonElement>("""
            () => [...document.querySelectorAll('[data-figure]')].map(e => ({ path: e.dataset.figure, value: e.dataset.value, text: e instanceof HTMLElement ? e.textContent : null }))
            """);
        var json = SampleJson.Of(document);
        var problems = figures.EnumerateArray().Select(figure => new ShownFigure(figure.GetProperty("path").GetString()!, figure.GetProperty("value").GetString()!, figure.GetProperty("text").GetString()).Problem(json));
        problems.OfType<string>().ShouldBeEmpty();
        figures.GetArrayLength().ShouldBeGreaterThan(100);
        window.Complaints.ShouldBeEmpty();
        window.OtherRequests.ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Kinds))]
    public async Task On_a_phone_nothing_sticks_out_and_no_label_lies_over_another(string kind)
    {
        await using var window = await chromium.OpenAsync(ReportHtml.Write(Pages[kind]()), Phone);
        (await WidthAsync(window)).ShouldBe(Phone);
        (await OverlapsAsync(window)).ShouldBeEmpty();
        // Labels are measured without knowing the font: this is the widest of the usual ones.
        await window.Page.AddStyleTagAsync(new() { Content = "body { font-family: Verdana, 'DejaVu Sans', sans-serif !important; }" });
        (await WidthAsync(window)).ShouldBe(Phone);
        (await OverlapsAsync(window)).ShouldBeEmpty();
        await window.Page.SetViewportSizeAsync(1400, 900);
        (await OverlapsAsync(window)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_longest_and_worst_names_stay_in_their_places_and_are_only_names()
    {
        var name = $"<script>document.title='!'</script><img src=http://127.0.0.1:1/ onerror=document.title='!'>{new string('W', 240)}";
        await using var window = await chromium.OpenAsync(ReportHtml.Write(SampleJson.WithNames(SampleReport.Failed(), text => text + name)), Phone);
        (await WidthAsync(window)).ShouldBe(Phone);
        (await window.Page.TitleAsync()).ShouldNotBe("!");
        (await window.Page.Locator("h1 [data-figure='status.migration']").TextContentAsync()).ShouldBe("studio" + name);
        window.Complaints.ShouldBeEmpty();
        window.OtherRequests.ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("failed", ColorScheme.Light)]
    [InlineData("failed", ColorScheme.Dark)]
    [InlineData("running", ColorScheme.Light)]
    [InlineData("running", ColorScheme.Dark)]
    public async Task In_both_themes_all_text_can_be_read(string kind, ColorScheme scheme)
    {
        await using var window = await chromium.OpenAsync(ReportHtml.Write(Pages[kind]()), scheme: scheme);
        (await LightnessAsync(window)).ShouldBeInRange(scheme == ColorScheme.Light ? 200 : 0, scheme == ColorScheme.Light ? 255 : 50);
        // What WCAG 2.2 asks for in small text.
        (await window.Page.EvaluateAsync<string[]>(Scripts.TextOfContrastBelow, 4.5)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_theme_and_what_areas_stand_for_can_be_chosen()
    {
        await using var window = await chromium.OpenAsync(ReportHtml.Write(SampleReport.Plan()));
        await window.Page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        (await LightnessAsync(window)).ShouldBeLessThan(50);
        (await window.Page.Locator(".map:visible").GetAttributeAsync("aria-label")).ShouldBe("Treemap of the source by bytes");
        await window.Page.GetByText("Entries", new() { Exact = true }).First.ClickAsync();
        (await window.Page.Locator(".map:visible").GetAttributeAsync("aria-label")).ShouldBe("Treemap of the source by entries");
    }

    [Fact(Timeout = HangLimit)]
    public async Task On_paper_it_is_light_complete_and_has_no_switches()
    {
        await using var window = await chromium.OpenAsync(ReportHtml.Write(SampleReport.Failed()), width: 720, ColorScheme.Dark, isPrinted: true);
        (await LightnessAsync(window)).ShouldBe(255);
        (await WidthAsync(window)).ShouldBe(720);
        (await window.Page.Locator(".toggle:visible").CountAsync()).ShouldBe(0);
        (await window.Page.Locator("#balance rect.bar:visible").CountAsync()).ShouldBeGreaterThan(100);
        (await window.Page.EvaluateAsync<double>("() => document.querySelector('#buckets tbody tr:last-child').getBoundingClientRect().height")).ShouldBeGreaterThan(0);
        (await window.Page.EvaluateAsync<bool>("() => { const g = document.querySelector('.gantt'); return g.scrollHeight <= g.clientHeight && g.scrollWidth <= g.clientWidth; }")).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task With_200_hosts_and_10000_buckets_it_has_no_more_than_a_browser_lays_out_at_once()
    {
        await using var window = await chromium.OpenAsync(ReportHtml.Write(SampleReport.Finished(SampleShape.Large)));
        (await window.Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length")).ShouldBeLessThan(60_000);
        (await window.Page.Locator(".gantt .host").CountAsync()).ShouldBe(200);
        await window.Page.Locator(".gantt .host").Last.ScrollIntoViewIfNeededAsync();
        (await window.Page.Locator(".gantt .axis").IsVisibleAsync()).ShouldBeTrue();
        (await WidthAsync(window)).ShouldBe(1400);
        (await OverlapsAsync(window)).ShouldBeEmpty();
        window.Complaints.ShouldBeEmpty();
    }

    private static Task<int> WidthAsync(Window window) => window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

    private static Task<string[]> OverlapsAsync(Window window) => window.Page.EvaluateAsync<string[]>(Scripts.LabelsThatOverlap);

    /// <summary>Of the page's ground, from 0 for black to 255.</summary>
    private static Task<int> LightnessAsync(Window window) =>
        window.Page.EvaluateAsync<int>("() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
}
