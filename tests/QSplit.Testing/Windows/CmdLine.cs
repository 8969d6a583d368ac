using System.Text;

namespace QSplit.Testing.Windows;

/// <summary>A command as the command interpreter of Windows reads it from a line, after variables were filled in.</summary>
internal abstract record CmdCommand
{
    /// <param name="Text">As it stands, quotes and all; carets that escaped something are gone.</param>
    public sealed record Simple(string Text, IReadOnlyList<(string From, string To)> Redirections) : CmdCommand;

    public sealed record Conditional(bool Not, string Kind, string Left, string Right, CmdCommand Then) : CmdCommand;

    /// <param name="Joint">What is between: <c>&amp;</c>, <c>&amp;&amp;</c> or <c>||</c>.</param>
    public sealed record Both(CmdCommand First, string Joint, CmdCommand Second) : CmdCommand;

    public sealed record Block(CmdCommand Inside, IReadOnlyList<(string From, string To)> Redirections) : CmdCommand;
}

/// <summary>
/// Reads a line by the rules of cmd's second phase: quotes make all between them plain, a caret outside of quotes makes the next letter plain, and
/// <c>&amp; | &lt; &gt; ( )</c> mean something outside of quotes only.
/// </summary>
/// <remarks>"How does the Windows Command Interpreter (CMD.EXE) parse scripts?", stackoverflow.com/a/4095133, and <c>cmd /?</c>, <c>if /?</c>.</remarks>
internal sealed class CmdLine(string line)
{
    private int _at;
    private int _depth;

    public static CmdCommand? Parse(string line)
    {
        var parser = new CmdLine(line);
        var command = parser.Sequence();
        return parser._at < line.Length ? throw new FormatException($"'{line[parser._at..]}' was unexpected at this time.") : command;
    }

    private CmdCommand? Sequence()
    {
        var first = Single();
        while (first is not null && Joint() is { } joint)
        {
            if (joint == "|") throw new NotSupportedException($"No pipes are played: {line}");
            var second = Single();
            // A single & at the end is nothing.
            if (second is null) return joint == "&" ? first : throw new FormatException($"{joint} was unexpected at this time.");
            first = new CmdCommand.Both(first, joint, second);
        }
        return first;
    }

    private CmdCommand? Single()
    {
        while (_at < line.Length && line[_at] is ' ' or '\t' or '@' or ',' or ';' or '=') _at++;
        if (_at >= line.Length) return null;
        if (line[_at] == '(')
        {
            _at++;
            _depth++;
            var inside = Sequence() ?? throw new FormatException(") was unexpected at this time.");
            if (_at >= line.Length || line[_at] != ')') throw new NotSupportedException($"A block is played on one line only: {line}");
            _at++;
            _depth--;
            return new CmdCommand.Block(inside, [.. Redirections()]);
        }
        if (Word("rem") is not null) return Rest();
        return Word("if") is not null ? If() : Simple();
    }

    private CmdCommand.Simple Rest()
    {
        _at = line.Length;
        return new CmdCommand.Simple("rem", []);
    }

    private CmdCommand.Conditional If()
    {
        var not = Word("not") is not null;
        var (kind, left, right) = ("", "", "");
        if (Word("exist") is not null) (kind, left) = ("exist", Token());
        else if (Word("defined") is not null) (kind, left) = ("defined", Token());
        else if (Word("errorlevel") is not null) (kind, left) = ("errorlevel", Token());
        else if (Word("/i") is not null) throw new NotSupportedException("if /i");
        else
        {
            left = Token(stopAtEquals: true);
            SkipBlanks();
            if (line.AsSpan(_at).StartsWith("=="))
            {
                kind = "==";
                _at += 2;
            }
            else kind = Token().ToLowerInvariant();
            right = Token();
        }
        // All that follows on the line is the condition's, joints and all.
        return new(not, kind, left, right, Sequence() ?? throw new FormatException("The syntax of the command is incorrect."));
    }

    private CmdCommand.Simple Simple()
    {
        var (text, redirections, quoted) = (new StringBuilder(), new List<(string, string)>(), false);
        while (_at < line.Length)
        {
            var letter = line[_at];
            if (letter == '"') quoted = !quoted;
            if (!quoted && letter != '"')
            {
                if (letter == '^')
                {
                    _at++;
                    if (_at < line.Length) text.Append(line[_at++]);
                    continue;
                }
                if (letter is '&' or '|' || (letter == ')' && _depth > 0)) break;
                if (letter is '>' or '<')
                {
                    // A digit in front of it, with nothing before that, says which stream.
                    var from = letter == '<' ? "0" : "1";
                    if (text.Length > 0 && char.IsAsciiDigit(text[^1]) && (text.Length == 1 || text[^2] is ' ' or '\t'))
                    {
                        from = text[^1].ToString();
                        text.Length--;
                    }
                    redirections.Add(Redirection(from));
                    continue;
                }
            }
            text.Append(letter);
            _at++;
        }
        return new(text.ToString(), redirections);
    }

    private IEnumerable<(string, string)> Redirections()
    {
        for (SkipBlanks(); _at < line.Length; SkipBlanks())
        {
            var digit = char.IsAsciiDigit(line[_at]) && _at + 1 < line.Length && line[_at + 1] is '>' or '<' ? line[_at++].ToString() : null;
            if (line[_at] is not ('>' or '<')) yield break;
            yield return Redirection(digit ?? (line[_at] == '<' ? "0" : "1"));
        }
    }

    private (string, string) Redirection(string from)
    {
        var how = line[_at++].ToString();
        if (how == ">" && _at < line.Length && line[_at] == '>') how += line[_at++];
        if (_at < line.Length && line[_at] == '&') return (from, how + line[_at++] + line[_at++]);
        SkipBlanks();
        return (from, $"{how}{Token()}");
    }

    private string? Joint()
    {
        SkipBlanks();
        foreach (var joint in (string[])["&&", "||", "&", "|"])
            if (line.AsSpan(_at).StartsWith(joint))
            {
                _at += joint.Length;
                return joint;
            }
        return null;
    }

    // A word of cmd's own in front of a blank.
    private string? Word(string word)
    {
        SkipBlanks();
        var end = _at + word.Length;
        if (!line.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase) || (end < line.Length && line[end] is not (' ' or '\t' or '('))) return null;
        _at = end;
        return word;
    }

    // Up to a blank outside of quotes; the quotes stay.
    private string Token(bool stopAtEquals = false)
    {
        SkipBlanks();
        var (start, quoted) = (_at, false);
        for (; _at < line.Length; _at++)
        {
            if (line[_at] == '"') quoted = !quoted;
            else if (!quoted && (line[_at] is ' ' or '\t' or '&' or '|' or '<' or '>' or ')' || (stopAtEquals && line[_at] == '='))) break;
        }
        return line[start.._at];
    }

    private void SkipBlanks()
    {
        while (_at < line.Length && line[_at] is ' ' or '\t') _at++;
    }
}
