using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>The passes over the whole tree, and what a cutover would take now.</summary>
internal static class PassesSection
{
    private static readonly HtmlTable Rows = new(
        [new("Run"), new("Began"), new("Took", "n"), new("Files", "n"), new("Moved", "n"), new("New entries", "n"), new("Deleted", "n")], "pass", "passes", Shown: 20);

    public static Markup Of(ReportDocument document) => document.Passes.Length < 2 ? Markup.Nothing : Section.Of(
        "passes",
        "Passes",
        document.CutoverSeconds is { } seconds
            ? Markup.Of($"The last pass of a cutover would take about {Figure.Seconds("cutoverSeconds", seconds)} if it began now; its verification comes on top.")
            : Markup.Nothing,
        Rows.Of(document.Passes, Cells));

    private static ImmutableArray<Markup> Cells(ReportPass pass, int index)
    {
        var path = $"passes[{index}]";
        return
        [
            Markup.Of($"<bdi>{Figure.Of($"{path}.run", pass.Run)}</bdi>"),
            Figure.Of($"{path}.began", pass.Began, Moments.Full(pass.Began)),
            Figure.Seconds($"{path}.seconds", pass.Seconds),
            Figure.Count($"{path}.files", pass.Files),
            Figure.Bytes($"{path}.movedBytes", pass.MovedBytes),
            Figure.Count($"{path}.created", pass.Created),
            Figure.Count($"{path}.deleted", pass.Deleted),
        ];
    }
}
