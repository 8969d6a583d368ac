using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>The directories and the files that weigh most.</summary>
internal static class LargestSection
{
    private const int Most = 15;

    private static readonly HtmlTable Directories = new([new("Directory", "wide"), new("Bytes", "n"), new("Entries", "n"), new("Share", "n")], "directory", "directories", Most);
    private static readonly HtmlTable Files = new([new("File", "wide"), new("Bytes", "n"), new("Logical", "n")], "file", "files", Most);

    public static Markup Of(ReportPlan plan)
    {
        var directories = plan.Directories.Index().Where(item => item.Item.Path != ".").OrderByDescending(item => item.Item.Bytes).Take(Most).ToImmutableArray();
        if (directories.IsEmpty && plan.LargestFiles.IsDefaultOrEmpty) return Markup.Nothing;
        return Section.Of("largest", "What weighs most", Markup.Nothing, Markup.Of($"""
            <div class="pair">
            {(directories.IsEmpty ? Markup.Nothing : Markup.Of($"<div><h3>Directories, with all below them</h3>{Directories.Of(directories, (item, _) => Cells(plan, item.Item, item.Index))}</div>"))}
            {(plan.LargestFiles.IsDefaultOrEmpty ? Markup.Nothing : Markup.Of($"<div><h3>Files</h3>{Files.Of([.. plan.LargestFiles.Take(Most)], Cells)}</div>"))}
            </div>
            """));
    }

    private static ImmutableArray<Markup> Cells(ReportPlan plan, ReportDirectory directory, int index) =>
    [
        NameMarkup.Path(directory.Path),
        Figure.Bytes($"plan.directories[{index}].bytes", directory.Bytes),
        Figure.Count($"plan.directories[{index}].entries", directory.Entries),
        Markup.Of($"{Humane.Percent(directory.Bytes, plan.Bytes)}"),
    ];

    private static ImmutableArray<Markup> Cells(ReportFile file, int index) =>
    [
        NameMarkup.Path(file.Path),
        Figure.Bytes($"plan.largestFiles[{index}].bytes", file.Bytes),
        Figure.Bytes($"plan.largestFiles[{index}].logicalBytes", file.LogicalBytes),
    ];
}
