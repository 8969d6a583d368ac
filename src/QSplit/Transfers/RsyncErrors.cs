using System.Collections.Immutable;
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
    private readonly Dictionary<EntryPath, string> _failures = [];
    private readonly Dictionary<EntryPath, string> _temporary = [];
    private readonly SortedSet<EntryPath> _blocked = [];
    private readonly Queue<string> _lastLines = new();

    /// <summary>Entries that failed, each with its first reason, in the order of their bytes.</summary>
    public ImmutableArray<FailedEntry> Failures =>
        [.. _failures.OrderBy(f => f.Key).Select(f => new FailedEntry(f.Key.ToString(), f.Value))];

    /// <summary>Whether every error named an entry that could be understood.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>How many entries were gone when rsync came to read them.</summary>
    public int Vanished { get; private set; }

    /// <summary>Entries that are not directories, and have one that is not empty in their place on the target; they are among the failures.</summary>
    public IReadOnlyCollection<EntryPath> Blocked => _blocked;

    /// <summary>Whether nothing else failed.</summary>
    public bool IsBlockedAlone => Complete && _blocked.Count > 0 && _failures.Keys.All(_blocked.Contains);

    /// <summary>Whether space, inodes or quota ran out.</summary>
    public bool NoSpace { get; private set; }

    /// <summary>The last lines, for a message.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lastLines);

    public void Add(string line)
    {
        Keep(line);
        NoSpace |= NoSpaceLeft().IsMatch(line);
        if (VanishedFile().Match(line) is { Success: true }) Vanished++;
        else if (NoWay().Match(line) is { Success: true } blocked && TryPath(ByteText.Read(blocked.Groups["path"].Value)) is { } path) AddBlocked(path);
        else if (NamedFailure().Match(line) is { Success: true } named) AddFailure(named);
        else if (!line.StartsWith("rsync error: ", StringComparison.Ordinal)) Complete = false;
    }

    /// <summary>What temporary names in errors may stand for; which of it is in the source is for the host to say.</summary>
    public IReadOnlyCollection<EntryPath> Candidates => [.. _temporary.Keys.SelectMany(TemporaryName.Originals).Distinct()];

    /// <summary>Takes those candidates for failures that are in the source.</summary>
    public void Settle(IReadOnlySet<EntryPath> there)
    {
        foreach (var (path, reason) in _temporary)
            foreach (var original in TemporaryName.Originals(path).Where(there.Contains)) AddFailure(original, reason);
        _temporary.Clear();
    }

    private void AddFailure(Match named)
    {
        var what = named.Groups["what"].Value;
        if (FirstName(what, named.Groups["path"].Value) is not { } name || PathOf(ByteText.Read(name)) is not (var path, var isInTarget)) Complete = false;
        else if (what.StartsWith("link_stat", StringComparison.Ordinal) && named.Groups["errno"].Value == "2") Vanished++;
        else if (isInTarget && TemporaryName.MayBeOne(path.Name)) AddTemporary(path, named.Groups["reason"].Value);
        else AddFailure(path, named.Groups["reason"].Value);
    }

    private void AddBlocked(EntryPath path)
    {
        AddFailure(path, "a directory that is not empty is in its place on the target");
        if (_failures.ContainsKey(path)) _blocked.Add(path);
    }

    // For a report; a retry must not miss what else it may stand for.
    private void AddTemporary(EntryPath path, string reason)
    {
        Complete = false;
        if (_temporary.Count < MostFailures) _temporary.TryAdd(path, reason);
    }

    private void AddFailure(EntryPath path, string reason)
    {
        if (_failures.Count < MostFailures) _failures.TryAdd(path, reason);
        else Complete = false;
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

    [GeneratedRegex("No space left on device \\(\\d+\\)|Disk quota exceeded \\(\\d+\\)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NoSpaceLeft();
}
