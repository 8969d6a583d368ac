using System.Text;

namespace QSplit.Testing.Windows;

/// <summary>Takes a command line apart as programs of Windows do: the rules of CommandLineToArgvW.</summary>
public static class WindowsArguments
{
    /// <summary>The arguments behind the program's own name, or all of a text without one.</summary>
    public static List<string> Split(string text)
    {
        var arguments = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '\t')
            {
                at++;
                continue;
            }
            var (argument, quoted) = (new StringBuilder(), false);
            while (at < text.Length && (quoted || text[at] is not (' ' or '\t')))
            {
                var backslashes = 0;
                while (at + backslashes < text.Length && text[at + backslashes] == '\\') backslashes++;
                var isQuote = at + backslashes < text.Length && text[at + backslashes] == '"';
                argument.Append('\\', isQuote ? backslashes / 2 : backslashes);
                at += backslashes;
                if (!isQuote)
                {
                    if (backslashes == 0) argument.Append(text[at++]);
                    continue;
                }
                at++;
                if (backslashes % 2 == 1) argument.Append('"');
                // Two quotes inside of quotes are one.
                else if (quoted && at < text.Length && text[at] == '"') argument.Append(text[at++]);
                else quoted = !quoted;
            }
            arguments.Add(argument.ToString());
        }
        return arguments;
    }
}
