using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>What it was made from, so that it can be proved: manifest, plan and programs, with their digests and versions.</summary>
internal static class ProofSection
{
    public static Markup Of(ReportDocument document)
    {
        var (manifest, plan) = (document.Manifest, document.Plan);
        return Section.Of("proof", "What it was made from", Markup.Nothing, Markup.Of($"""
            <dl class="terms">
            {Term("Manifest", NameMarkup.Path(manifest.File))}{Term("SHA-256 of the manifest", Code("manifest.sha256", manifest.Sha256))}{Term("Source", NameMarkup.Path(manifest.Source))}{Term("Target", NameMarkup.Path(manifest.Target))}{Term("Options", Markup.Of($"<bdi class=\"path\">{manifest.Options}</bdi>"), manifest.Options)}{Term("Planned tree", NameMarkup.Path(manifest.Tree), manifest.Tree)}{Term("Plan", Figure.Of("plan.stamp", plan.Stamp))}{Term("Digest of the plan", plan.Digest is { } digest ? Code("plan.digest", digest) : Markup.Of($"not known: the plan is of an earlier version"))}{Term("Tree read at", NameMarkup.Path(plan.Source))}{Term("Frozen view", NameMarkup.Path(plan.Snapshot ?? ""), plan.Snapshot ?? "")}{Term("Program", Figure.Of("program", document.Program))}{Movers(document.Run)}{Term("Shape of report.json", Figure.Of("schema", document.Schema))}</dl>
            """));
    }

    private static Markup Movers(ReportRun? run)
    {
        var movers = (run?.Hosts ?? []).Where(host => host.Mover is not null).GroupBy(host => host.Mover!).ToArray();
        return movers.Length == 0 ? Markup.Nothing : Term("Copied with", Markup.Join(movers.Select(mover => Markup.Of($"<span class=\"line\">{mover.Key} on <bdi>{Hosts([.. mover.Select(host => host.Name)])}</bdi></span>"))));
    }

    private static string Hosts(ImmutableArray<string> names) =>
        names.Length <= 8 ? string.Join(", ", names) : $"{string.Join(", ", names[..6])} and {Humane.Count(names.Length - 6)} more hosts";

    private static Markup Code(string path, string value) => value.Length == 0 ? Markup.Of($"not known") : Markup.Of($"<code>{Figure.Of(path, value)}</code>");

    private static Markup Term(string name, Markup value, string? unless = null) => unless == "" ? Markup.Nothing : Markup.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
}
