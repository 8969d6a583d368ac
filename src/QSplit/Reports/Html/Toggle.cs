namespace QSplit.Reports.Html;

/// <summary>A choice of a few, made of radio buttons so that it needs no script; the style sheet acts on what is checked.</summary>
internal static class Toggle
{
    /// <param name="choices">Their ids and words; the first is chosen.</param>
    public static Markup Of(string name, string what, params (string Id, string Word)[] choices) => Markup.Of($"""
        <fieldset class="toggle"><legend>{what}</legend>{choices.Select((choice, i) => Choice(name, choice, isChosen: i == 0))}</fieldset>
        """);

    private static Markup Choice(string name, (string Id, string Word) choice, bool isChosen) => Markup.Of(
        $"<input type=\"radio\" name=\"{name}\" id=\"{choice.Id}\"{(isChosen ? new Markup(" checked=\"checked\"") : Markup.Nothing)} autocomplete=\"off\"/><label for=\"{choice.Id}\">{choice.Word}</label>");
}
