namespace QSplit.Reports.Html;

/// <summary>A treemap as a drawing of one size; the page has several, for screens of all widths.</summary>
internal static class TreemapDrawing
{
    private const double Font = 12;
    private const double Small = 10;
    private const double Padding = 4;
    private const int LeastCut = 9;

    /// <param name="size">The class by which the style sheet shows the drawing that suits the screen.</param>
    public static Markup Of(OutlineNode root, double width, double height, TreemapMeasure measure, string size) => Markup.Of($"""
        <svg class="map {size} {(measure == TreemapMeasure.Bytes ? "bytes" : "entries")}" viewBox="0 0 {width} {height}" role="img" aria-label="Treemap of the source by {(measure == TreemapMeasure.Bytes ? "bytes" : "entries")}">
        {Treemap.Lay(root, new(0, 0, width, height), measure).Select(cell => Cell(cell, measure))}</svg>

        """);

    private static Markup Cell(TreemapCell cell, TreemapMeasure measure)
    {
        var directory = cell.Node.Directory;
        var (bytes, entries) = cell.IsRest
            ? (Rest(directory.Bytes, cell, child => child.Bytes), Rest(directory.Entries, cell, child => child.Entries))
            : (directory.Bytes, directory.Entries);
        var place = cell.Frame;
        return Markup.Of($"""
            <g class="z{SizeSteps.Of(bytes, entries)}{(cell.HasChildren ? " open" : cell.IsRest ? " rest" : "")}"{Ties(cell, measure)}><title>{Tip(cell, bytes, entries)}</title><rect x="{place.X}" y="{place.Y}" width="{place.Width}" height="{place.Height}"/>{Labels(cell, measure == TreemapMeasure.Bytes ? Humane.Bytes(bytes) : Humane.Count(entries))}</g>

            """);
    }

    private static long Rest(long whole, TreemapCell cell, Func<ReportDirectory, long> part) => Math.Max(0, whole - cell.Node.Children.Sum(child => part(child.Directory)));

    // What is left over stands in no report.
    private static Markup Ties(TreemapCell cell, TreemapMeasure measure) => (cell.IsRest, measure) switch
    {
        (true, _) => Markup.Nothing,
        (_, TreemapMeasure.Bytes) => Figure.Attributes($"plan.directories[{cell.Node.Index}].bytes", cell.Node.Directory.Bytes),
        _ => Figure.Attributes($"plan.directories[{cell.Node.Index}].entries", cell.Node.Directory.Entries),
    };

    private static Markup Tip(TreemapCell cell, long bytes, long entries) => Markup.Of($"""
        {NameMarkup.InDrawing(cell.Node.Directory.Path)}{(cell.IsRest ? ", what else lies in it" : "")}
        {Humane.Bytes(bytes)}, {Humane.Count(entries, "entry", "entries")}
        """);

    // Names of one directory often begin alike: a beginning says little.
    private static (string Text, double Font)? Label(string name, double room)
    {
        foreach (var font in new[] { Font, Small })
            if (TextWidth.Of(name, font) <= room) return (name, font);
        return TextWidth.Cut(name, Small, room) is { } cut && cut.Length >= LeastCut ? (cut, Small) : null;
    }

    private static Markup Labels(TreemapCell cell, string amount)
    {
        var place = cell.Frame;
        var room = place.Width - (2 * Padding);
        if (place.Height < Treemap.Strip || Label(cell.IsRest ? "other" : cell.Node.Name, room) is not var (name, font)) return Markup.Nothing;
        var label = Markup.Of($"<text{(font < Font ? new Markup(" class=\"small\"") : Markup.Nothing)} x=\"{place.X + Padding}\" y=\"{place.Y + 13}\">{NameMarkup.InDrawing(name)}</text>");
        var gap = TextWidth.Of(name, font) + 8;
        var width = TextWidth.Of(amount, Font - 1);
        if (cell.HasChildren && gap + width <= room)
            return Markup.Of($"{label}<text class=\"amount\" x=\"{place.Right - Padding}\" y=\"{place.Y + 13}\" text-anchor=\"end\">{amount}</text>");
        return !cell.HasChildren && place.Height >= 34 && width <= room
            ? Markup.Of($"{label}<text class=\"amount\" x=\"{place.X + Padding}\" y=\"{place.Y + 28}\">{amount}</text>")
            : label;
    }
}
