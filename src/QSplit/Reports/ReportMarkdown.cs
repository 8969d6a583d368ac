using System.Text;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>The report of a run as Markdown; pure.</summary>
internal static class ReportMarkdown
{
    private const int MostFailures = 100;

    public static string Write(RunSummary summary)
    {
        var text = new StringBuilder();
        text.AppendLine($"# Migration {Markdown.Text(summary.Plan.Migration)}, run {Markdown.Text(summary.Run.Id)}").AppendLine();
        text.AppendLine(Markdown.Text(summary.HowToGoOn)).AppendLine();
        text.AppendLine($"- source: {Markdown.Code(summary.Source)}").AppendLine($"- target: {Markdown.Code(summary.Target)}").AppendLine();
        Table(text, ["what", "value"], summary.Rows.Select(r => new[] { r.Name, r.Value }));
        Failures(text, summary);
        text.AppendLine("## Buckets").AppendLine();
        Table(text, ["bucket", "planned", "entries", "state", "attempts", "moved", "files", "time"], summary.Plan.Buckets.Select(b => Row(b, summary.Run.Buckets[b.Number])));
        Notes(text, summary.Plan);
        return text.ToString();
    }

    private static string[] Row(Bucket bucket, WorkState state) =>
    [
        $"{bucket.Number}",
        Humane.Bytes(bucket.Totals.Bytes),
        $"{bucket.Totals.Entries}",
        state.IsDone ? "done" : state.Last is null ? "left" : ProgressText.Reason(state.Last),
        $"{state.Attempts}",
        Humane.Bytes(state.Moved.Bytes),
        $"{state.Moved.Files}",
        Humane.Duration(TimeSpan.FromSeconds(state.Seconds)),
    ];

    private static void Failures(StringBuilder text, RunSummary summary)
    {
        if (summary.Left.IsEmpty) return;
        text.AppendLine("## What is left").AppendLine();
        foreach (var (work, outcome, log) in summary.Left)
        {
            text.AppendLine($"- {work}: {(outcome is null ? "not begun" : $"{Markdown.Text(ProgressText.Reason(outcome))}; log: {Markdown.Code(log)}")}");
            if (outcome is not TransferOutcome.Partial { Failures: var failures }) continue;
            foreach (var failure in failures.Take(MostFailures)) text.AppendLine($"  - {Markdown.Code(failure.Path)}: {Markdown.Text(failure.Reason)}");
            if (failures.Length > MostFailures) text.AppendLine($"  - and {failures.Length - MostFailures} more");
        }
        text.AppendLine();
    }

    private static void Notes(StringBuilder text, Plan plan)
    {
        if (plan.Notes.IsEmpty) return;
        text.AppendLine().AppendLine("## Notes of the plan").AppendLine();
        foreach (var note in plan.Notes) text.AppendLine($"- {Markdown.Code(note.Path.ToString())}: {Markdown.Text(note.Text)}");
    }

    private static void Table(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        text.AppendLine($"| {string.Join(" | ", head)} |").AppendLine($"|{string.Concat(head.Select(_ => " --- |"))}");
        foreach (var row in rows) text.AppendLine($"| {string.Join(" | ", row.Select(Markdown.Text))} |");
        text.AppendLine();
    }
}
