namespace QSplit.Reports.Html;

/// <summary>How to go on: a sentence, whose command is for copying.</summary>
internal static class NextStep
{
    /// <param name="next">See <see cref="RunStatus.Next"/>; nothing comes of null.</param>
    public static Markup Of(string? next)
    {
        if (next is null) return Markup.Nothing;
        var command = next.IndexOf(": ", StringComparison.Ordinal);
        return command < 0 ? Markup.Of($"{next}") : Markup.Of($"{next[..command]}: <code>{Words(next[(command + 2)..])}</code>");
    }

    // A line break within an option would be copied as two.
    private static Markup Words(string command) =>
        Markup.Join(command.Split(' ').Select((word, i) => Markup.Of($"{(i == 0 ? "" : " ")}<span class=\"word\">{word}</span>")));
}
