namespace QSplit.Reports.Html;

/// <summary>
/// A report as one page: <c>report.html</c>. It asks for nothing from anywhere, runs no script, and can be sent on by itself. What it shows of
/// <c>report.json</c> says so: <c>data-figure</c> is the path there (of an array also its <c>length</c>), <c>data-value</c> the value.
/// </summary>
internal static class ReportHtml
{
    public static string Write(ReportDocument document) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="generator" content="{document.Program}"/>
        <meta name="referrer" content="no-referrer"/>
        <link rel="icon" href="data:,"/>
        <title>{document.Status.Migration}: {StandingWord.Of(document).Word} – {SummaryBand.Kind(document.Kind)}</title>
        <style>
        {Styles.Sheet}</style>
        </head>
        <body>
        {Icons.Definitions}<main>
        <div class="top"><span><span class="by">QSplit report of </span>{Figure.Of("made", document.Made, Moments.Full(document.Made))}</span>{Toggle.Of("theme", "Theme", ("theme-auto", "Auto"), ("theme-light", "Light"), ("theme-dark", "Dark"))}</div>
        {SummaryBand.Of(document)}{Sections(document)}
        <footer>Made by {document.Program}. All that is shown here, and more, is in report.json beside this page.</footer>
        </main>
        </body>
        </html>

        """).Text;

    private static Markup Sections(ReportDocument document) => Markup.Join(
    [
        CutoverSection.Of(document.Cutover),
        FailuresSection.Of(document),
        PreviewSection.Of(document.Preview),
        DifferencesSection.Of(document.Verification),
        PassesSection.Of(document),
        TreemapSection.Of(document.Plan),
        GanttSection.Of(document.Run, document.Made),
        ThroughputSection.Of(document.Kind == ReportKind.Run ? document.Run : null),
        BalanceSection.Of(document),
        HostsSection.Of(document),
        LargestSection.Of(document.Plan),
        BucketsSection.Of(document),
        NotesSection.Of(document.Plan),
        ProofSection.Of(document),
    ]);
}
