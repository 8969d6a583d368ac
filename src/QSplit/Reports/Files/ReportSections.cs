using System.Collections.Immutable;
using QSplit.Transfers;

namespace QSplit.Reports.Files;

/// <summary>The parts of the page behind its figures; one that has nothing to say is not there.</summary>
internal static class ReportSections
{
    private const int MostRows = 100, MostFirst = 3, MostOutline = 20;

    public static void Write(MarkdownPage page, ReportDocument report)
    {
        if (report.Cutover is { } cutover) Cutover(page, cutover);
        Left(page, report.Run?.Left ?? []);
        if (report.Preview is { } preview) Preview(page, preview);
        if (report.Verification is { Differences.IsEmpty: false } verification) Differences(page, verification);
        if (report.Passes.Length > 1) Passes(page, report);
        page.Heading("Buckets");
        if (report.Run is { } run)
        {
            BucketsOfRun(page, report.Plan.Buckets);
            Work(page, run);
        }
        else
        {
            BucketsOfPlan(page, report.Plan.Buckets);
            Outline(page, report.Plan);
        }
        if (!report.Plan.Notes.IsEmpty)
            page.Heading("Notes of the plan").List(report.Plan.Notes, MostRows, note => page.Line($"- {Markdown.Code(note.Path)}: {Markdown.Text(note.Text)}"));
    }

    // What failed is worth more room than what waits for its turn.
    private static void Left(MarkdownPage page, ImmutableArray<ReportLeft> all)
    {
        if (all.IsEmpty) return;
        page.Heading("What is left").List([.. all.OrderBy(left => left.Reason is null)], MostRows, left =>
        {
            page.Line($"- {left.Work}: {(left.Reason is null ? "not begun" : Markdown.Text(left.Reason))}{(left.Log is { } log ? $"; log: {Markdown.Code(log)}" : "")}");
            foreach (var entry in left.First) page.Line($"  - {Markdown.Code(entry.Path)}: {Markdown.Text(entry.Reason)}");
            if (left.Entries > left.First.Length) page.Line($"  - and {left.Entries - left.First.Length} more");
        });
    }

    private static void Cutover(MarkdownPage page, ReportCutover cutover)
    {
        page.Heading("Steps");
        foreach (var step in cutover.Steps) page.Line($"- [{(step.Standing == CutoverStanding.Done ? "x" : " ")}] {step.Name}: {Markdown.Text(step.Words)}");
        page.Line();
        if (cutover.Accepted.IsEmpty) return;
        page.Heading("Accepted").Table(
            ["what", "why", "by", "when"],
            cutover.Accepted.Select(one => ImmutableArray.Create(one.What, one.Reason, one.By, $"{one.At:yyyy-MM-dd HH:mm:ss} UTC")));
    }

    private static void Preview(MarkdownPage page, ReportPreview preview)
    {
        page.Heading("What a run would do");
        if (preview.Directories.IsEmpty) page.Line("Nothing, as far as it was looked at: the target has it all.").Line();
        else page.Table(
            ["directory", "change", "entries ", "files ", "bytes ", "first"],
            preview.Directories.Select(part => ImmutableArray.Create(
                part.Top, Word(part.Kind), Humane.Count(part.Entries), Humane.Count(part.Files), Humane.Bytes(part.Bytes), First(part))),
            MostRows);
    }

    private static void Passes(MarkdownPage page, ReportDocument report)
    {
        page.Heading("Passes");
        foreach (var line in PassText.Table(report.Passes, MostRows).Markdown()) page.Line(line);
        page.Line();
        if (report.CutoverSeconds is { } seconds) page.Line(PassText.Estimate(seconds)).Line();
    }

    private static void Differences(MarkdownPage page, ReportVerification found) => page.Heading("Differences").Table(
        ["difference", "entries ", "first"],
        found.Differences.Select(kind => ImmutableArray.Create(CheckedText.Word(kind.Kind), Humane.Count(kind.Entries), string.Join(", ", kind.First))));

    private static void BucketsOfPlan(MarkdownPage page, ImmutableArray<ReportBucket> buckets) => page.Table(
        ["bucket ", "planned ", "entries ", "items ", "estimate ", "file"],
        buckets.Select(b => ImmutableArray.Create($"{b.Number}", Humane.Bytes(b.Bytes), $"{b.Entries}", $"{b.Items}", Span(b.EstimatedSeconds), b.File)),
        MostRows);

    // Of many, those come first that a person may have to do something about.
    private static void BucketsOfRun(MarkdownPage page, ImmutableArray<ReportBucket> buckets) => page.Table(
        ["bucket ", "planned ", "entries ", "state", "attempts ", "moved ", "files ", "time "],
        buckets.OrderBy(b => buckets.Length > MostRows && b.State == "done").Select(b => ImmutableArray.Create(
            $"{b.Number}", Humane.Bytes(b.Bytes), $"{b.Entries}", State(b), $"{b.Attempts}", Humane.Bytes(b.MovedBytes), $"{b.Files}", Span(b.Seconds))),
        MostRows);

    private static void Work(MarkdownPage page, ReportRun run)
    {
        if (!run.Hosts.IsEmpty) page.Heading("Hosts").Table(
            ["host", "slots ", "mover", "attempts ", "failed ", "moved ", "busy ", "set aside "],
            run.Hosts.Select(h => ImmutableArray.Create(
                h.Name, $"{h.Slots}", h.Mover ?? "-", $"{h.Attempts}", $"{h.Failures}", Humane.Bytes(h.MovedBytes), Span(h.BusySeconds), $"{h.SetAside}")),
            MostRows);
        ImmutableArray<ReportAttempt> failed = [.. run.Attempts.Where(a => a.Outcome is not ("succeeded" or "running" or "interrupted"))];
        if (!failed.IsEmpty) page.Heading("Attempts that failed").Table(
            ["began", "work", "attempt ", "host", "outcome", "reason"],
            failed.Select(a => ImmutableArray.Create($"{a.Began:yyyy-MM-dd HH:mm:ss}", a.Work, $"{a.Attempt}", $"{a.Host}/{a.Slot}", a.Outcome, a.Reason ?? "")),
            MostRows);
    }

    private static void Outline(MarkdownPage page, ReportPlan plan)
    {
        ImmutableArray<ReportDirectory> largest = [.. plan.Directories.Where(d => d.Path != ".").OrderByDescending(d => d.Bytes).Take(MostOutline)];
        if (!largest.IsEmpty) page.Heading("Largest directories").Table(
            ["directory", "size ", "entries "], largest.Select(d => ImmutableArray.Create(d.Path, Humane.Bytes(d.Bytes), Humane.Count(d.Entries))));
        if (!plan.LargestFiles.IsEmpty) page.Heading("Largest files").Table(
            ["file", "size "], plan.LargestFiles.Take(MostOutline).Select(f => ImmutableArray.Create(f.Path, Humane.Bytes(f.Bytes))));
    }

    private static string State(ReportBucket bucket) => bucket.State is "failed" or "left" ? bucket.Reason ?? bucket.State : bucket.State;

    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Update => "update",
        ChangeKind.Attributes => "attributes",
        _ => "delete",
    };

    private static string First(PreviewPart part) =>
        string.Join(", ", part.First.Take(MostFirst)) + (part.Entries > Math.Min(part.First.Length, MostFirst) ? ", ..." : "");

    private static string Span(double seconds) => Humane.Duration(TimeSpan.FromSeconds(seconds));
}
