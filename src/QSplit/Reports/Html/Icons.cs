namespace QSplit.Reports.Html;

/// <summary>Small drawings that tell states apart without colour; each is defined once in a page.</summary>
internal static class Icons
{
    /// <summary>To be put into the page once, before any is used.</summary>
    public static readonly Markup Definitions = new("""
        <svg class="defs" width="0" height="0" aria-hidden="true"><defs>
        <symbol id="i-done" viewBox="0 0 16 16"><path class="line" d="M3 8.5l3.4 3.4L13 4.8"/></symbol>
        <symbol id="i-failed" viewBox="0 0 16 16"><path class="line" d="M4 4l8 8M12 4l-8 8"/></symbol>
        <symbol id="i-running" viewBox="0 0 16 16"><path d="M4.5 3l8.5 5-8.5 5z"/></symbol>
        <symbol id="i-left" viewBox="0 0 16 16"><circle class="line" cx="8" cy="8" r="4.6"/></symbol>
        <symbol id="i-stopped" viewBox="0 0 16 16"><rect x="4" y="4" width="8" height="8" rx="1"/></symbol>
        <pattern id="p-failed" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground failed" width="4" height="4"/><path class="hatch failed" d="M0 2h4"/></pattern>
        <pattern id="p-cut" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="ground cut" width="4" height="4"/><path class="hatch cut" d="M0 2h4"/></pattern>
        <pattern id="p-rest" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch rest" d="M0 3.5h7"/></pattern>
        </defs></svg>

        """);

    /// <summary>One of <c>done</c>, <c>failed</c>, <c>running</c>, <c>left</c>, <c>stopped</c>.</summary>
    public static Markup Of(string name) => Markup.Of($"<svg class=\"icon\" width=\"14\" height=\"14\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>");

    /// <summary>A state in a frame: its drawing and its word.</summary>
    public static Markup Badge(string name, Markup word) => Markup.Of($"<span class=\"badge {name}\">{Of(name)}{word}</span>");
}
