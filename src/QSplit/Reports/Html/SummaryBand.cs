namespace QSplit.Reports.Html;

/// <summary>The head of the page: what it is of, how far, how long, and what to do now.</summary>
internal static class SummaryBand
{
    public static Markup Of(ReportDocument document)
    {
        var status = document.Status;
        var standing = StandingWord.Of(document);
        return Markup.Of($"""
            <div class="summary {standing.Icon}">
            <div class="title"><h1><small>{Kind(document.Kind)}</small><bdi>{Figure.Of("status.migration", status.Migration)}</bdi></h1>{Icons.Badge(standing.Icon, Markup.Of($"{standing.Word}"))}</div>
            <p class="words">{(status.Run is { } run ? Markup.Of($"Run {Figure.Of("status.run", run)}, {status.Words}. ") : Markup.Nothing)}{Route(document)}</p>
            {Progress(document)}
            <dl class="facts">
            {SummaryFacts.Of(document)}</dl>
            {(status.Next is null ? Markup.Nothing : Markup.Of($"<p class=\"next\">{NextStep.Of(status.Next)}</p>"))}
            </div>

            """);
    }

    /// <summary>What the page is of, in words.</summary>
    public static string Kind(ReportKind kind) => kind switch { ReportKind.Plan => "Plan", ReportKind.DryRun => "Dry run", ReportKind.Verification => "Verification", ReportKind.Cutover => "Cutover", _ => "Migration" };

    private static Markup Route(ReportDocument document) =>
        Markup.Of($"From {NameMarkup.Path(document.Manifest.Source)} to {NameMarkup.Path(document.Manifest.Target)}.");

    private static Markup Progress(ReportDocument document)
    {
        if (document.Kind is ReportKind.Plan or ReportKind.Cutover || document.Status.State == RunStanding.None) return Markup.Nothing;
        var (status, buckets) = (document.Status, document.Status.Buckets);
        var copies = document.Kind == ReportKind.Run;
        var share = ProgressSnapshot.Share(copies ? status.BytesDone ?? 0 : 0, copies ? status.BytesTotal ?? 0 : 0, buckets.Done, buckets.Total);
        var what = copies ? "across" : document.Kind == ReportKind.Verification ? "compared" : "looked at";
        return Markup.Of($"""
            <div class="progress"><b>{ProgressText.Percent(share)}</b> <span>{what}{Amount(document)}</span>
            <svg class="meter" height="12" role="img" aria-label="{ProgressText.Percent(share)} {what}"><rect class="whole" width="100%" height="12" rx="6"/><rect class="part" width="{100 * share}%" height="12" rx="6"/></svg></div>
            """);
    }

    private static Markup Amount(ReportDocument document) => document is { Kind: ReportKind.Run, Status: { BytesDone: { } done, BytesTotal: { } total } }
        ? Markup.Of($": {Figure.Bytes("status.bytesDone", done)} of {Figure.Bytes("status.bytesTotal", total)}")
        : Markup.Nothing;
}
