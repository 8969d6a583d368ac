namespace QSplit.Reports.Html;

/// <summary>The style sheet, which comes with the program as <c>report.css</c>.</summary>
internal static class Styles
{
    /// <remarks>It is written into a page as it is: neither <c>&lt;</c> nor <c>&amp;</c> may be in it.</remarks>
    public static Markup Sheet { get; } = Read();

    private static Markup Read()
    {
        using var stream = typeof(Styles).Assembly.GetManifestResourceStream("QSplit.Reports.Html.report.css")!;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}
