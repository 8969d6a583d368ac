using System.Globalization;
using System.Text;

namespace QSplit.Testing.Windows;

/// <summary>The first phase of cmd's reading: percent signs. Delayed expansion is off, as it is by default.</summary>
/// <param name="isBatch">In a batch file two percent signs are one, and a variable that is not set is nothing; on a command line neither is so.</param>
internal sealed class CmdVariables(bool isBatch, IReadOnlyList<string> arguments, Func<string, string?> valueOf)
{
    public string Expand(string line)
    {
        var text = new StringBuilder();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] != '%')
            {
                text.Append(line[at++]);
                continue;
            }
            if (isBatch && at + 1 < line.Length && line[at + 1] == '%')
            {
                text.Append('%');
                at += 2;
                continue;
            }
            if (isBatch && TryArgument(line, ref at, text)) continue;
            var end = line.IndexOf('%', at + 1);
            if (end < 0)
            {
                if (!isBatch) text.Append('%');
                at++;
                continue;
            }
            var value = Value(line[(at + 1)..end]);
            if (value is null && !isBatch)
            {
                text.Append('%');
                at++;
                continue;
            }
            text.Append(value);
            at = end + 1;
        }
        return text.ToString();
    }

    // %name% or %name:~start,length%
    private string? Value(string name)
    {
        var colon = name.IndexOf(":~", StringComparison.Ordinal);
        if (colon < 0) return valueOf(name);
        if (valueOf(name[..colon]) is not { } value) return isBatch ? name[(colon + 1)..] : null;
        var numbers = name[(colon + 2)..].Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var start = Math.Clamp(numbers[0] < 0 ? value.Length + numbers[0] : numbers[0], 0, value.Length);
        var end = numbers.Length < 2 ? value.Length : numbers[1] < 0 ? value.Length + numbers[1] : start + numbers[1];
        return value[start..Math.Clamp(end, start, value.Length)];
    }

    // %1, %~1, %~dpn0
    private bool TryArgument(string line, ref int at, StringBuilder text)
    {
        var next = at + 1;
        if (next < line.Length && line[next] == '~')
        {
            var letters = next + 1;
            while (letters < line.Length && line[letters] is 'd' or 'p' or 'n' or 'x' or 'f') letters++;
            if (letters >= line.Length || !char.IsAsciiDigit(line[letters])) return false;
            var (plain, how) = (Argument(line[letters] - '0').Trim('"'), line[(next + 1)..letters]);
            text.Append(how switch
            {
                "" or "dpnx" or "f" => plain,
                "nx" => plain[(plain.LastIndexOf('\\') + 1)..],
                "dpn" => plain[..(plain.LastIndexOf('.') is var dot and >= 0 ? dot : plain.Length)],
                _ => throw new NotSupportedException($"%~{how}"),
            });
            at = letters + 1;
            return true;
        }
        if (next >= line.Length || !char.IsAsciiDigit(line[next])) return false;
        text.Append(Argument(line[next] - '0'));
        at = next + 1;
        return true;
    }

    private string Argument(int number) => number < arguments.Count ? arguments[number] : "";
}
