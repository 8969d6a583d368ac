namespace QSplit.Pipes;

/// <summary>What a stage is called, from the expression that it was made of.</summary>
internal static class StageName
{
    private const int Longest = 60;

    /// <summary><c>pipeline.SurveyAsync</c> is called Survey; a lambda is called by its text, on one line and not too long.</summary>
    public static string From(string expression)
    {
        if (expression.Contains("=>", StringComparison.Ordinal)) return Shortened(expression);
        var name = expression[(expression.LastIndexOf('.') + 1)..].Trim();
        return name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    private static string Shortened(string lambda)
    {
        var line = string.Join(' ', lambda.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line[..(Longest - 3)] + "...";
    }
}
