using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What a message of rsync means.</summary>
internal enum MessageMeaning
{
    /// <summary>It names an entry that failed.</summary>
    Failed,

    /// <summary>It names an entry that is gone from the source.</summary>
    Gone,

    /// <summary>It names an entry that was listed, and that is gone if the error number is 2; otherwise the entry failed.</summary>
    FailedOrGone,

    /// <summary>A directory that is not empty is in the place of the entry that it names.</summary>
    InTheWay,

    /// <summary>Nothing is wrong, or another message tells of it.</summary>
    Harmless,

    /// <summary>Something failed, and no entry is named: the whole line is reported.</summary>
    Whole,
}

/// <summary>What rsync was doing: with the error number it decides the class of an exception.</summary>
internal enum MessageAction
{
    LookUp,
    ReadFile,
    ReadDirectory,
    Create,
    Write,
    SetOwnerOrMode,
    SetTime,
    SetAttribute,
    SetAcl,
    CreateSpecial,
    ConvertName,
    CheckLength,
    CompareContent,
    Delete,
}

/// <summary>One form of rsync's messages.</summary>
/// <remarks>
/// Words in braces stand for what varies. <c>{full}</c>: the entry, by its absolute path in quotes. <c>{name}</c>: the entry, by its path
/// below the source or the target.
/// <c>{also}</c>: any other text. <c>{attribute}</c>: the name of an extended attribute. <c>{number}</c>. <c>{who}</c>: which of rsync's
/// processes speaks. <c>{error}</c>: the words of
/// the system with the error number. <c>{why}</c>: those words alone. <c>{a|b}</c>: a or b. A form with <c>{error}</c> begins with
/// <c>rsync: [who] </c>, which is left out here.
/// </remarks>
internal sealed partial class RsyncMessage
{
    private const string Prefix = "rsync: ";
    private const char Mark = '\uE000';
    private readonly Regex _head;
    private readonly Regex _tail;
    private readonly string _start;
    private readonly string? _between;
    private readonly ImmutableArray<string> _wild;

    /// <param name="source">The file of rsync's source, without <c>.c</c>.</param>
    /// <param name="form">See the remarks.</param>
    public RsyncMessage(
        string source, string form, MessageMeaning meaning = MessageMeaning.Failed, MessageAction action = MessageAction.Write)
    {
        (Source, Form, Meaning, Action) = (source, form, meaning, action);
        HasError = form.Contains("{error}", StringComparison.Ordinal);
        var quoted = form.Replace("{full}", "\"{path}\"", StringComparison.Ordinal).Replace("{name}", "{path}", StringComparison.Ordinal);
        IsFull = form.Contains("{full}", StringComparison.Ordinal);
        _wild = [.. Wild().Matches(quoted).Select(match => match.Value)];
        string[] parts = Wild().Split(quoted);
        _start = quoted.Split('{', 2)[0];
        var prefix = HasError ? @"rsync: (\[(?<who>\w+)\] )?" : "";
        _head = RegexOf($"^{prefix}{(parts.Length == 1 ? "" : Pattern(parts[0]))}", RegexOptions.None);
        _tail = RegexOf($"{Pattern(parts[^1])}$", RegexOptions.RightToLeft);
        if (parts.Length == 3) _between = parts[1];
    }

    public string Source { get; }

    public string Form { get; }

    public MessageMeaning Meaning { get; }

    public MessageAction Action { get; }

    /// <summary>The first and the last version that has it.</summary>
    public string Versions { get; init; } = "3.2.3 to 3.5";

    /// <summary>Whether the path may be that of a temporary file, which stands for the entry.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Whether a path that is not absolute is below the target, whoever speaks.</summary>
    public bool IsOfTarget { get; init; }

    /// <summary>The reason, where the message has none in the words of the system.</summary>
    public string Words { get => field ?? Plain(Form); init; }

    /// <summary>Whether the entry is named by its absolute path.</summary>
    public bool IsFull { get; }

    /// <summary>Whether it has the words of the system and the error number.</summary>
    public bool HasError { get; }

    /// <summary>
    /// All ways to read a line by this form: more than one where quotes or arrows are in a name. Empty where the line has another form.
    /// </summary>
    public IEnumerable<MessageReading> Read(string line)
    {
        if (!MayBegin(line) || _head.Match(line) is not { Success: true } head) yield break;
        if (_tail.Match(line, head.Length, line.Length - head.Length) is not { Success: true } tail) yield break;
        var (error, reason) = (tail.Groups["error"], tail.Groups["reason"].Value);
        var number = error.Success ? int.Parse(error.ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        var middle = line[head.Length..tail.Index];
        var who = head.Groups["who"].Value;
        if (_between is null)
        {
            if (middle.Length == 0 == _wild.IsEmpty) yield return new(this, middle, reason, number, who);
            yield break;
        }
        for (var at = -1; (at = middle.IndexOf(_between, at + 1, StringComparison.Ordinal)) >= 0;)
        {
            var (first, second) = (middle[..at], middle[(at + _between.Length)..]);
            var (path, other) = _wild[0] == "{path}" ? (first, second) : (second, first);
            if (Fits(path, other)) yield return new(this, path, reason, number, who);
        }
    }

    // Most lines are of other forms: to see that must cost little.
    private bool MayBegin(string line)
    {
        if (!HasError) return line.StartsWith(_start, StringComparison.Ordinal);
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var at = Prefix.Length;
        if (line.AsSpan(at).StartsWith("[") && line.IndexOf("] ", at, StringComparison.Ordinal) is var end and > 0) at = end + "] ".Length;
        return line.AsSpan(at).StartsWith(_start, StringComparison.Ordinal);
    }

    private bool Fits(string path, string other) => (_wild[0] == "{path}" ? _wild[1] : _wild[0]) switch
    {
        "{attribute}" => Attribute().IsMatch(other),
        "{temporary}" => TemporaryName.IsOf(NameIn(other), NameIn(path)),
        _ => true,
    };

    private static Regex RegexOf(string pattern, RegexOptions options) =>
        new(pattern, RegexOptions.ExplicitCapture | options, Timeout.InfiniteTimeSpan);

    private static string Plain(string form) =>
        Choice().Replace(form, "").Replace("  ", " ", StringComparison.Ordinal).Trim(' ', ':', ',', '.', '"');

    private static byte[] NameIn(string path) => ByteText.Read(path.AsSpan(path.LastIndexOf('/') + 1));

    // The words of the system have no quotes, parentheses or colons of a message in them: so the end of a line is certain, whatever is in a
    // name.
    private static string Pattern(string text)
    {
        var literal = Choice().Replace(text, $"{Mark}$0{Mark}");
        return string.Concat(literal.Split(Mark).Select(part => part switch
        {
            "{error}" => """(?<reason>[^"()]+? \((?<error>\d+)\))""",
            "{why}" => """(?<reason>[^"()]+?)""",
            "{number}" => @"-?\d+",
            "{who}" => @"\w+",
            ['{', .. var choice, '}'] => $"({string.Join('|', choice.Split('|').Select(Regex.Escape))})",
            _ => Regex.Escape(part),
        }));
    }

    [GeneratedRegex(@"\{(path|also|attribute|temporary)\}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Wild();

    [GeneratedRegex(@"\{[^{}]+\}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Choice();

    // xattr(7): the namespaces.
    [GeneratedRegex(@"^(user|trusted|security|system)\..", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Attribute();
}

/// <summary>A line as a form reads it.</summary>
/// <param name="Path">The entry as rsync wrote it; empty where none is named.</param>
/// <param name="Reason">The words of the system; empty where there are none.</param>
/// <param name="Error">The system's error number; null where the message has none.</param>
/// <param name="Who">Which of rsync's processes speaks; empty where it does not say.</param>
internal readonly record struct MessageReading(RsyncMessage Message, string Path, string Reason, int? Error, string Who);
