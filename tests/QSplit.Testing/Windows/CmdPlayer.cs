using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace QSplit.Testing.Windows;

/// <summary>
/// Plays the command interpreter of Windows on this machine, as far as its documentation goes and scripts of ours could be expected to. What
/// it does not know it refuses, aloud, as cmd does a program that is not there.
/// </summary>
/// <param name="disk">What paths of Windows are here.</param>
/// <param name="input">Standard input.</param>
public sealed partial class CmdPlayer(WindowsDisk disk, Stream input, TextWriter output, TextWriter error)
{
    /// <summary>The longest line, with its variables filled in.</summary>
    public const int LongestLine = 8191;

    private readonly CmdFiles _files = new(disk);
    private readonly Dictionary<string, string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private TextWriter _output = output, _error = error;
    private int _errorLevel;
    private int? _exit;
    private string? _goto;

    /// <summary>Programs that can be started, by name; each gets its arguments, where its output goes, and gives its exit code.</summary>
    public Dictionary<string, Func<IReadOnlyList<string>, TextWriter, int>> Programs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets a variable.</summary>
    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>Runs one line as <c>cmd /d /c "line"</c> does.</summary>
    /// <returns>The exit code.</returns>
    public int RunLine(string line)
    {
        Line(new CmdVariables(false, [], ValueOf), line);
        return _exit ?? _errorLevel;
    }

    /// <summary>Runs a batch file.</summary>
    /// <param name="path">Its path on Windows.</param>
    /// <returns>The exit code.</returns>
    public int RunBatch(string path, params string[] arguments)
    {
        var variables = new CmdVariables(true, [path, .. arguments], ValueOf);
        var bytes = File.ReadAllBytes(disk.Find(path) ?? throw new FileNotFoundException(path));
        if (bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)0x7f) is var first and >= 0 && Encoding.UTF8.GetString(bytes.AsSpan(0, first)).Contains("chcp 65001", StringComparison.Ordinal) is false)
            throw new NotSupportedException("A batch file has text that is not ASCII before it says in which encoding.");
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].EndsWith('\r') && lines[at].Length > 0) throw new NotSupportedException("A line does not end in CR LF.");
            Line(variables, lines[at].TrimEnd('\r'));
            if (_exit is { } code)
            {
                _exit = null;
                return _errorLevel = code;
            }
            if (_goto is not { } label) continue;
            at = Array.FindIndex(lines, line => line.TrimEnd('\r').Equals($":{label}", StringComparison.OrdinalIgnoreCase));
            if (at < 0) throw new NotSupportedException($"The system cannot find the batch label specified - {label}");
            _goto = null;
        }
        return _errorLevel;
    }

    private string? ValueOf(string name) =>
        _variables.TryGetValue(name, out var value) ? value : name.Equals("ERRORLEVEL", StringComparison.OrdinalIgnoreCase) ? _errorLevel.ToString(CultureInfo.InvariantCulture) : null;

    private void Line(CmdVariables variables, string raw)
    {
        if (raw.TrimStart(' ', '\t').StartsWith(':')) return;
        var line = variables.Expand(raw);
        if (raw.Length > LongestLine || line.Length > LongestLine)
        {
            _error.WriteLine("The input line is too long.");
            _errorLevel = 1;
            return;
        }
        if (CmdLine.Parse(line) is { } command) Run(command);
    }

    private void Run(CmdCommand command)
    {
        if (_exit is not null || _goto is not null) return;
        switch (command)
        {
            case CmdCommand.Both both:
                Run(both.First);
                if (both.Joint == "&" || (both.Joint == "&&") == (_errorLevel == 0)) Run(both.Second);
                break;
            case CmdCommand.Conditional condition:
                if (Holds(condition) != condition.Not) Run(condition.Then);
                break;
            case CmdCommand.Block block:
                Redirected(block.Redirections, () => Run(block.Inside));
                break;
            case CmdCommand.Simple simple:
                Redirected(simple.Redirections, () => Simple(simple.Text));
                break;
        }
    }

    private bool Holds(CmdCommand.Conditional condition) => condition.Kind switch
    {
        "exist" => Exists(condition.Left.Replace("\"", "", StringComparison.Ordinal)),
        "defined" => !string.IsNullOrEmpty(ValueOf(condition.Left)),
        "==" => condition.Left == condition.Right,
        "errorlevel" => _errorLevel >= Number(condition.Left),
        "geq" => Number(condition.Left) >= Number(condition.Right),
        "gtr" => Number(condition.Left) > Number(condition.Right),
        "lss" => Number(condition.Left) < Number(condition.Right),
        "equ" => Number(condition.Left) == Number(condition.Right),
        "neq" => Number(condition.Left) != Number(condition.Right),
        _ => throw new NotSupportedException($"if ... {condition.Kind}"),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // A backslash at the end: a directory is meant.
    private bool Exists(string path) => disk.Find(path) is { } there && (Directory.Exists(there) || (!path.EndsWith('\\') && (File.Exists(there) || new FileInfo(there).LinkTarget is not null)));

    private void Redirected(IReadOnlyList<(string From, string To)> redirections, Action act)
    {
        var (output, error) = (_output, _error);
        var open = new List<TextWriter>();
        try
        {
            if (redirections.All(redirection => Redirect(redirection.From, redirection.To, open))) act();
        }
        finally
        {
            foreach (var writer in open) writer.Dispose();
            (_output, _error) = (output, error);
        }
    }

    // What cannot be opened is said, and the command is not run.
    private bool Redirect(string from, string to, List<TextWriter> open)
    {
        if (from == "0") return true;
        try
        {
            var into = to switch { ">&1" => _output, ">&2" => _error, _ => _files.Open(to.TrimStart('>').Replace("\"", "", StringComparison.Ordinal), append: to.StartsWith(">>", StringComparison.Ordinal)) };
            if (!to.StartsWith(">&", StringComparison.Ordinal)) open.Add(into);
            if (from == "1") _output = into;
            else if (from == "2") _error = into;
            return true;
        }
        catch (IOException e)
        {
            _error.WriteLine(e is DirectoryNotFoundException ? "The system cannot find the path specified." : "The process cannot access the file because it is being used by another process.");
            _errorLevel = 1;
            return false;
        }
    }

    private void Simple(string text)
    {
        var command = Name().Match(text.TrimStart()).Value;
        var rest = text.TrimStart()[command.Length..];
        switch (command.Trim('"').ToLowerInvariant())
        {
            case "rem":
                break;
            case "echo":
                if (rest.Trim() is not ("off" or "on")) _output.Write((rest.Length > 0 ? rest[1..] : "ECHO is off.") + "\r\n");
                break;
            case "setlocal":
                if (rest.Contains("EnableDelayedExpansion", StringComparison.OrdinalIgnoreCase)) throw new NotSupportedException(text);
                break;
            case "chcp":
                if (rest.Trim() != "65001") throw new NotSupportedException(text);
                _output.Write("Active code page: 65001\r\n");
                _errorLevel = 0;
                break;
            case "set":
                var (variable, value) = CmdAssignment.Of(rest.Trim(), ValueOf);
                Set(variable, value);
                break;
            case "exit":
                _exit = rest.Replace("/b", "", StringComparison.OrdinalIgnoreCase).Trim() is { Length: > 0 } code ? Number(code) : _errorLevel;
                break;
            case "goto":
                _goto = rest.Trim();
                break;
            case "call":
                Call(WindowsArguments.Split(rest));
                break;
            case "del":
                foreach (var path in WindowsArguments.Split(rest).Where(word => word[0] != '/')) _files.Delete(path, _error);
                break;
            case "mkdir" or "md":
                _errorLevel = Try(() => Directory.CreateDirectory(disk.Find(Unquoted(rest))!));
                break;
            case "rmdir" or "rd":
                _errorLevel = Try(() => Directory.Delete(disk.Find(Unquoted(rest))!));
                break;
            case "findstr":
                _errorLevel = _files.FindLines(WindowsArguments.Split(rest), input, _output);
                break;
            case "where":
                _errorLevel = Programs.ContainsKey(rest.Trim()) ? 0 : 1;
                break;
            case "":
                break;
            case var program when Programs.TryGetValue(program, out var run):
                _errorLevel = run(WindowsArguments.Split(rest), _output);
                break;
            default:
                _error.WriteLine($"'{command}' is not recognized as an internal or external command,\r\noperable program or batch file.");
                _errorLevel = 9009;
                break;
        }
    }

    private void Call(List<string> words) => RunBatch(words[0], [.. words.Skip(1)]);

    private static string Unquoted(string text) => text.Trim().Trim('"');

    private int Try(Action act)
    {
        try
        {
            act();
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentNullException)
        {
            _error.WriteLine("Access is denied.");
            return 1;
        }
    }

    [GeneratedRegex("^(\"[^\"]*\"|[^\\s\"/;,=(]*)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Name();
}
