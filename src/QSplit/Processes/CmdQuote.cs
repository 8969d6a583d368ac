namespace QSplit.Processes;

/// <summary>Writes an argument into a batch file so that the command interpreter of Windows hands on exactly that argument.</summary>
/// <remarks>
/// Between double quotes only <c>%</c> still means something to cmd, and is written twice; <c>!</c> does so too, unless delayed expansion is off, as it is in our
/// scripts. The program then takes the line apart by the rules of CommandLineToArgvW: a backslash is one, unless it stands before a quote.
/// </remarks>
internal static class CmdQuote
{
    /// <summary>The argument between quotes, for a program.</summary>
    /// <exception cref="ArgumentException">It has a quote or a control character in it: no file, path or option of Windows has.</exception>
    public static string Argument(string argument)
    {
        var backslashes = argument.Length - argument.TrimEnd('\\').Length;
        return $"\"{Inside(argument)}{new string('\\', backslashes)}\"";
    }

    /// <summary>Text for between quotes that are written by the caller, as commands of cmd itself take it: to them a backslash is one wherever it stands.</summary>
    /// <inheritdoc cref="Argument" path="/exception"/>
    public static string Inside(string text) => text.Any(letter => letter is '"' or < ' ')
        ? throw new ArgumentException($"'{text}' cannot be written into a batch file: it has a quote or a control character in it.", nameof(text))
        : text.Replace("%", "%%", StringComparison.Ordinal);
}
