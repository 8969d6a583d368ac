using System.Text;
using QSplit.Partitioning;

namespace QSplit.Reports;

/// <summary><c>plan.md</c>: a plan for people who review it. Pure.</summary>
internal static class PlanMarkdown
{
    // A page of a pull request takes a million characters.
    private const int MostRows = 1000;

    /// <param name="last">What is compared with; null without an earlier plan of the same tree.</param>
    public static string Write(Plan plan, LastPlan? last)
    {
        var text = new StringBuilder();
        text.Append($"# Plan of migration {Markdown.Text(plan.Migration)}, {plan.Stamp}\n\n");
        text.Append($"{Humane.Bytes(plan.Totals.Bytes)} in {Humane.Count(plan.Totals.Entries, "entry", "entries")}, {Humane.Count(plan.Buckets.Length, "bucket", "buckets")}.\n\n");
        text.Append($"- source: {Markdown.Code(plan.Source)}\n");
        if (plan.Snapshot is { } snapshot) text.Append($"- snapshot: {Markdown.Code(snapshot.Directory)}, taken at {snapshot.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n");
        if (plan.Terms is { } terms)
        {
            text.Append($"- from {Markdown.Code(terms.Source)} to {Markdown.Code(terms.Target)}\n");
            if (terms.Manifest.Length > 0) text.Append($"- manifest: {Markdown.Code(terms.Manifest)}, SHA-256 `{terms.Sha256}`\n");
        }
        if (plan.Digest is { } digest) text.Append($"- digest: `{digest}`\n");
        foreach (var section in PlanSections.Of(plan, last)) Add(text, section);
        return text.ToString();
    }

    private static void Add(StringBuilder text, PlanSection section)
    {
        text.Append($"\n## {Markdown.Text(section.Title ?? "Buckets")}\n\n");
        foreach (var line in section.Table?.Cut(MostRows).Markdown() ?? []) text.Append(line).Append('\n');
        if (section.Table is not null) text.Append('\n');
        foreach (var line in section.Lines.Take(MostRows)) text.Append($"- {Markdown.Text(line)}\n");
        if (section.Lines.Length > MostRows) text.Append($"- and {Humane.Count(section.Lines.Length - MostRows)} more\n");
    }
}
