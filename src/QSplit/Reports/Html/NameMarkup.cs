namespace QSplit.Reports.Html;

/// <summary>Names from a file system, whose script may run from right to left: none may turn what stands beside it.</summary>
internal static class NameMarkup
{
    /// <summary>A path among other text; it breaks behind its slashes.</summary>
    public static Markup Path(string path) => Markup.Of($"<bdi class=\"path\">{path.Split('/').Select((part, i) => i == 0 ? Markup.Of($"{part}") : Markup.Of($"/<wbr/>{part}"))}</bdi>");

    /// <summary>A path where no elements can be, in tooltips and drawings: between the characters that isolate it.</summary>
    public static Markup InDrawing(string path) => Markup.Of($"\u2068{path}\u2069");
}
