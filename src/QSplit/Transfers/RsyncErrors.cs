using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What rsync says on standard error, kept within bounds: which entries failed and why, and its last words.</summary>
/// <param name="source">The path that rsync was given as source: the errors name entries by it.</param>
/// <param name="target">The same for the target.</param>
/// <remarks>The forms are those of rsync 3.2 to 3.5 under <c>LC_ALL=C</c>, where names are escaped (<c>\#ooo</c>).</remarks>
internal sealed partial class RsyncErrors(string source, string target)
{
    /// <summary>Beyond so many names a retry takes the whole bucket.</summary>
    public const int MostFailures = 10_000;

    private const int MostLines = 20;
    private readonly Dictionary<EntryPath, Failure> _failures = [];
    private readonly Dictionary<EntryPath, Failure> _temporary = [];
    private readonly SortedSet<EntryPath> _blocked = [];
    private readonly SortedSet<EntryPath> _gone = [];
    private readonly Queue<string> _lastLines = new();
    private bool _isComplete = true;

    /// <summary>Entries that failed, each with its first reason, in the order of their bytes.</summary>
    public ImmutableArray<FailedEntry> Failures =>
        [.. _failures.OrderBy(f => f.Key).Select(f => new FailedEntry(f.Key.ToString(), f.Value.Reason) { Class = f.Value.Class })];

    /// <summary>Whether every error named an entry that could be understood.</summary>
    public bool Complete => _isComplete && _temporary.Count == 0;

    /// <summary>How many entries were gone when rsync came to read them.</summary>
    public int Vanished { get; private set; }

    /// <summary>Those of them that rsync was given by name.</summary>
    public IReadOnlyCollection<EntryPath> Gone => _gone;

    /// <summary>Entries that are not directories, and have one that is not empty in their place on the target; they are among the failures.</summary>
    public IReadOnlyCollection<EntryPath> Blocked => _blocked;

    /// <summary>Whether nothing else failed.</summary>
    public bool IsBlockedAlone => Complete && _blocked.Count > 0 && _failures.Keys.All(_blocked.Contains);

    /// <summary>Whether space, inodes or a quota ran out somewhere on the target.</summary>
    public bool NoSpace { get; private set; }

    /// <summary>The last lines, for a message.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lastLines);

    /// <summary>The first line that names no entry; empty where each names one.</summary>
    public string Unnamed { get; private set; } = "";

    public void Add(string line)
    {
        Keep(line);
        NoSpace |= NoSpaceLeft().IsMatch(line) && !Attributes().IsMatch(line);
        if (VanishedFile().Match(line) is { Success: true }) Vanished++;
        else if (NoWay().Match(line) is { Success: true } blocked && TryPath(ByteText.Read(blocked.Groups["path"].Value)) is { } path) AddBlocked(path);
        else if (TwoPasses().IsMatch(line))
        {
            // It says later whether the second try went well.
        }
        else if (Relative(line) is var (relative, failure)) AddFailure(relative, failure);
        else if (NamedFailure().Match(line) is { Success: true } named) AddFailure(named);
        else if (LinkFailure().Match(line) is { Success: true } link) AddFailure(link);
        else if (!line.StartsWith("rsync error: ", StringComparison.Ordinal)) _isComplete = false;
        if (!_isComplete && Unnamed.Length == 0) Unnamed = line;
    }

    /// <summary>What temporary names in errors may stand for; which of it is in the source is for the host to say.</summary>
    public IReadOnlyCollection<EntryPath> Candidates => [.. _temporary.Keys.SelectMany(TemporaryName.Originals).Distinct()];

    /// <summary>Takes those candidates for failures that are in the source. Where two names may be meant, both count: one of them failed.</summary>
    public void Settle(IReadOnlySet<EntryPath> there)
    {
        foreach (var (path, failure) in _temporary)
        {
            var meant = TemporaryName.Originals(path).Where(there.Contains).ToList();
            if (meant.Count == 0) _isComplete = false;
            foreach (var original in meant) AddFailure(original, failure);
        }
        _temporary.Clear();
    }

    private void AddFailure(Match named)
    {
        var (what, error) = (named.Groups["what"].Value, named.Groups["errno"] is { Success: true } number ? int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) : (int?)null);
        var failure = new Failure(named.Groups["reason"].Value, ExceptionClasses.Of(what, error));
        if (FirstName(what, named.Groups["path"].Value) is not { } name || PathOf(ByteText.Read(name)) is not (var path, var isInTarget)) _isComplete = false;
        else if (what.StartsWith("link_stat", StringComparison.Ordinal) && error == 2)
        {
            Vanished++;
            if (_gone.Count < MostFailures) _gone.Add(path);
        }
        else if (isInTarget && TemporaryName.MayBeOneInAnError(path.Name)) AddTemporary(path, failure);
        else AddFailure(path, failure);
    }

    private void AddBlocked(EntryPath path)
    {
        AddFailure(path, new("a directory that is not empty is in its place on the target", ExceptionClass.InTheWay));
        if (_failures.ContainsKey(path)) _blocked.Add(path);
    }

    private void AddTemporary(EntryPath path, Failure failure)
    {
        if (_temporary.Count < MostFailures) _temporary.TryAdd(path, failure);
        else _isComplete = false;
    }

    private void AddFailure(EntryPath path, Failure failure)
    {
        if (_failures.Count < MostFailures) _failures.TryAdd(path, failure);
        else _isComplete = false;
    }

    // Messages that name an entry by its path below the source.
    private static (EntryPath Path, Failure Failure)? Relative(string line)
    {
        var (match, reason, of) = Overflow().Match(line) is { Success: true } overflow ? (overflow, "its path is longer than 4,096 bytes, the most that rsync takes", ExceptionClass.PathTooLong)
            : Unconverted().Match(line) is { Success: true } unconverted ? (unconverted, "its name cannot be converted by --iconv", ExceptionClass.Name)
            : Changing().Match(line) is { Success: true } changing ? (changing, "it changed while rsync read it", ExceptionClass.Changed)
            : AclFailure().Match(line) is { Success: true } acl ? (acl, acl.Groups["reason"].Value, ExceptionClass.Acl)
            : (Match.Empty, "", ExceptionClass.Unknown);
        return match.Success && TryPath(ByteText.Read(match.Groups["path"].Value)) is { } path ? (path, new(reason, of)) : null;
    }

    // Quotes within names are not escaped. Where one name with quotes in it cannot be told from two, null: none is better than a wrong one.
    private static string? FirstName(string what, string names) =>
        !Between().IsMatch(names) ? names
        : NamesTwo().IsMatch(what) && names.Count(letter => letter == '"') == 2 ? names[..Between().Match(names).Index]
        : null;

    private (EntryPath Path, bool IsInTarget)? PathOf(byte[] bytes) =>
        Below(source, bytes) is { } ofSource ? (ofSource, false) : Below(target, bytes) is { } ofTarget ? (ofTarget, true) : null;

    private static EntryPath? Below(string root, ReadOnlySpan<byte> bytes)
    {
        var prefix = ByteText.Read(root.TrimEnd('/') + "/");
        if (bytes.SequenceEqual(prefix.AsSpan(0, prefix.Length - 1))) return EntryPath.Root;
        return bytes.StartsWith(prefix) ? TryPath(bytes[prefix.Length..]) : null;
    }

    private static EntryPath? TryPath(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return EntryPath.FromBytes(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private void Keep(string line)
    {
        if (_lastLines.Count == MostLines) _lastLines.Dequeue();
        _lastLines.Enqueue(line);
    }

    // rsync: [sender] send_files failed to open "/mnt/old/a": Permission denied (13)
    // rsync: [sender] get_xattr_data: lgetxattr("/mnt/old/a","user.b",0) failed: Input/output error (5)
    // The reason has no quotes in it, so the name, which may have any, goes from the first quote to the last.
    [GeneratedRegex("""^rsync: (\[\w+\] )?(?<what>[^"]*)"(?<path>.*)"(,\d+)?\)?( \(in [^"]*\))?( failed)?: (?<reason>[^"]*?(\((?<errno>\d+)\))?)$""", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NamedFailure();

    // rsync: [generator] link "/mnt/new/a" => b failed: Too many links (31)
    [GeneratedRegex("""^rsync: (\[\w+\] )?(?<what>link )"(?<path>[^"]*)" => [^"]* failed: (?<reason>[^"]*\((?<errno>\d+)\))$""", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex LinkFailure();

    // filename overflows max-path len by 12: a/b (flist.c)
    [GeneratedRegex(@"^(rsync: (\[\w+\] )?)?filename overflows max-path len by \d+: (?<path>.+)$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Overflow();

    // [sender] cannot convert filename: a/b (Invalid or incomplete multibyte or wide character)
    [GeneratedRegex(@"^(rsync: )?(\[\w+\] )?cannot convert (filename|symlink data): (?<path>.+) \([^()]*\)$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Unconverted();

    // ERROR: a/b failed verification -- update discarded.
    [GeneratedRegex("^ERROR: (?<path>.+) failed verification -- update [a-z -]+\\.$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Changing();

    // WARNING: a/b failed verification -- update discarded (will try again).
    [GeneratedRegex("^WARNING: .+ failed verification -- update [a-z -]+ \\(will try again\\)\\.$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex TwoPasses();

    // rsync: [generator] set_acl: sys_acl_set_file(a/b, ACL_TYPE_ACCESS): Operation not supported (95)
    [GeneratedRegex(@"^rsync: (\[\w+\] )?(set_acl|get_acl|recv_acl): sys_acl_\w+\((?<path>.+), \w+\): (?<reason>.*\(\d+\))$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex AclFailure();

    // could not make way for new regular file: a/b
    [GeneratedRegex("^could not make way for (new )?[a-z -]+: (?<path>.*)$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NoWay();

    // rsync: [generator] symlink "/mnt/new/a" -> "b" failed: Operation not permitted (1)
    // rsync: [receiver] rsync_xal_set: lsetxattr("/mnt/new/a","user.b") failed: Operation not supported (95)
    [GeneratedRegex("^(symlink|rename|copy) $|xattr\\($", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NamesTwo();

    [GeneratedRegex("\"( -> |,)\"", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Between();

    [GeneratedRegex("^(rsync: (\\[\\w+\\] )?)?(file|directory) has vanished: ", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex VanishedFile();

    // Some file systems have no space for an attribute that is too large.
    [GeneratedRegex("xattr\\(|_acl", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Attributes();

    [GeneratedRegex("No space left on device \\(\\d+\\)|Disk quota exceeded \\(\\d+\\)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NoSpaceLeft();

    private readonly record struct Failure(string Reason, ExceptionClass Class);
}
