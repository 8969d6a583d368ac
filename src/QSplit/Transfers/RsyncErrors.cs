using System.Collections.Immutable;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What rsync says on standard error, kept within bounds: which entries failed and why, and its last words.</summary>
/// <param name="source">The path that rsync was given as source: the errors name entries by it.</param>
/// <param name="target">The same for the target.</param>
/// <remarks>The forms are those of rsync 3.2 to 3.5 under <c>LC_ALL=C</c>, where names are escaped (<c>\#ooo</c>).</remarks>
public sealed partial class RsyncErrors(string source, string target)
{
    /// <summary>Beyond so many names a retry takes the whole bucket.</summary>
    public const int MostFailures = 10_000;

    private const int MostLines = 20;
    private readonly Dictionary<EntryPath, string> _failures = [];
    private readonly Queue<string> _lastLines = new();

    /// <summary>Entries that failed, each with its first reason, in the order of their bytes.</summary>
    public ImmutableArray<FailedEntry> Failures =>
        [.. _failures.OrderBy(f => f.Key).Select(f => new FailedEntry(f.Key.ToString(), f.Value))];

    /// <summary>Whether every error named an entry that could be understood.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>How many entries were gone when rsync came to read them.</summary>
    public int Vanished { get; private set; }

    /// <summary>Whether space, inodes or quota ran out.</summary>
    public bool NoSpace { get; private set; }

    /// <summary>The last lines, for a message.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lastLines);

    public void Add(string line)
    {
        // The shell of the fence says so of a program that it ended; that is no word of rsync's.
        if (line is "Terminated" or "Killed") return;
        Keep(line);
        NoSpace |= NoSpaceLeft().IsMatch(line);
        if (VanishedFile().Match(line) is { Success: true }) Vanished++;
        else if (NamedFailure().Match(line) is { Success: true } named) AddFailure(named);
        else if (!line.StartsWith("rsync error: ", StringComparison.Ordinal)) Complete = false;
    }

    private void AddFailure(Match named)
    {
        var missing = named.Groups["what"].Value.StartsWith("link_stat", StringComparison.Ordinal) && named.Groups["errno"].Value == "2";
        if (PathBelow(named.Groups["path"].Value) is not { } path) Complete = false;
        else if (missing) Vanished++;
        else if (_failures.Count < MostFailures) _failures.TryAdd(path, named.Groups["reason"].Value);
        else Complete = false;
    }

    private EntryPath? PathBelow(string text)
    {
        var bytes = ByteText.Read(text);
        foreach (var root in (ReadOnlySpan<string>)[source, target])
        {
            var prefix = ByteText.Read(root.TrimEnd('/') + "/");
            if (bytes.AsSpan().StartsWith(prefix)) return TryPath(TemporaryName.Original(bytes.AsSpan(prefix.Length)));
            if (bytes.AsSpan().SequenceEqual(prefix.AsSpan(0, prefix.Length - 1))) return EntryPath.Root;
        }
        return bytes is [(byte)'/', ..] ? null : TryPath(bytes);
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
    // rsync: [generator] symlink "/mnt/new/a" -> "b" failed: Operation not permitted (1)
    // rsync: [receiver] rsync_xal_set: lsetxattr("/mnt/new/a","user.b") failed: Operation not supported (95)
    // Quotes within names are not escaped: a name goes to the last quote that can end it.
    [GeneratedRegex("""^rsync: (\[\w+\] )?(?<what>[^"]*)"(?<path>.*?)("( -> |,)".*)?"\)?( \(in .*\))?( failed)?: (?<reason>[^"]*?(\((?<errno>\d+)\))?)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedFailure();

    [GeneratedRegex("^(rsync: (\\[\\w+\\] )?)?(file|directory) has vanished: ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VanishedFile();

    [GeneratedRegex("No space left on device \\(\\d+\\)|Disk quota exceeded \\(\\d+\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoSpaceLeft();
}
