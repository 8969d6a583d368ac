namespace QSplit.Reports.Files;

/// <summary><c>report.md</c>: the report as a page that people read in a pull request or on the summary of a job; pure.</summary>
internal static class ReportMarkdown
{
    public static string Write(ReportDocument report)
    {
        var page = new MarkdownPage();
        page.Line($"# Migration {Markdown.Text(report.Status.Migration)}, {Markdown.Text(What(report))}").Line();
        page.Line(Markdown.Text(Headline.Of(report))).Line();
        page.Line($"- source: {Markdown.Code(report.Manifest.Source)}").Line($"- target: {Markdown.Code(report.Manifest.Target)}");
        if (report.Plan.Snapshot is { } snapshot) page.Line($"- frozen view: {Markdown.Code(snapshot)}");
        if (report.Manifest.File.Length > 0) page.Line($"- manifest: {Markdown.Code(report.Manifest.File)}, SHA-256 {Markdown.Code(report.Manifest.Sha256)}");
        if (report.Plan.Digest is { } digest) page.Line($"- plan: {Markdown.Code(digest)}");
        page.Line().Table(["what", "value"], [.. ReportRows.Of(report)]);
        ReportSections.Write(page, report);
        return page.ToString();
    }

    private static string What(ReportDocument report) => report.Kind switch
    {
        ReportKind.Plan => $"plan {report.Plan.Stamp}",
        ReportKind.DryRun => $"dry run {report.Status.Run}",
        ReportKind.Cutover => $"cutover {report.Cutover?.Id}",
        ReportKind.Verification => $"verification {report.Status.Run}",
        _ => $"run {report.Status.Run}",
    };
}
