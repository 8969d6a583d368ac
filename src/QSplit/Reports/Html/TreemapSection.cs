namespace QSplit.Reports.Html;

/// <summary>Where the data lies: the source by directory, by bytes or by entries.</summary>
internal static class TreemapSection
{
    public static Markup Of(ReportPlan plan)
    {
        if (OutlineTree.Of(plan.Directories) is not { } root || (root.Directory.Bytes <= 0 && root.Directory.Entries <= 0)) return Markup.Nothing;
        return Section.Of(
            "tree",
            "Where the data lies",
            Markup.Of($"{Figure.Bytes($"plan.directories[{root.Index}].bytes", root.Directory.Bytes)} in {Figure.Count($"plan.directories[{root.Index}].entries", root.Directory.Entries, "entry", "entries")}. An area is a directory with all below it, as large as its share; what is hatched is the rest of the directory around it."),
            Markup.Of($"{Drawings(root)}{SizeSteps.Legend()}"),
            Toggle.Of("measure", "Areas by", ("by-bytes", "Bytes"), ("by-entries", "Entries")));
    }

    private static Markup Drawings(OutlineNode root) => Markup.Join(
        from measure in new[] { TreemapMeasure.Bytes, TreemapMeasure.Entries }
        from size in new[] { (Name: "wide", Width: 1160.0, Height: 520.0), (Name: "middling", Width: 720.0, Height: 460.0), (Name: "narrow", Width: 380.0, Height: 500.0) }
        select TreemapDrawing.Of(root, size.Width, size.Height, measure, size.Name));
}
