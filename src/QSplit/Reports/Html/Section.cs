namespace QSplit.Reports.Html;

/// <summary>A part of the page with its heading.</summary>
internal static class Section
{
    /// <param name="id">Which it is, for links and the style sheet.</param>
    /// <param name="lead">A sentence on what is shown; nothing where the heading says it.</param>
    public static Markup Of(string id, string heading, Markup lead, Markup content, Markup? tools = null) => Markup.Of($"""
        <section id="{id}">
        <header><h2>{heading}</h2>{tools}</header>
        {(lead == Markup.Nothing ? lead : Markup.Of($"<p class=\"lead\">{lead}</p>"))}
        {content}
        </section>

        """);
}
