using System.Collections.Immutable;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What rsync says on standard error, kept within bounds: which entries failed and why, and its last words.</summary>
/// <param name="source">The path that rsync was given as source: the errors name entries by it.</param>
/// <param name="target">The same for the target.</param>
/// <remarks>The forms are in <see cref="RsyncMessages"/>; names in them are escaped (<c>\#ooo</c>). A line that can be read in several ways
/// names none before the host was asked.</remarks>
internal sealed partial class RsyncErrors(string source, string target)
{
    /// <summary>Beyond so many names a retry takes the whole bucket.</summary>
    public const int MostFailures = 10_000;

    private const int MostLines = 20;
    private readonly Dictionary<EntryPath, Failure> _failures = [];
    private readonly List<Doubt> _doubts = [];
    private readonly List<Doubt> _cut = [];
    private readonly SortedSet<EntryPath> _blocked = [];
    private readonly SortedSet<EntryPath> _gone = [];
    private readonly SortedSet<EntryPath> _lost = [];
    private readonly Queue<string> _lastLines = new();
    private bool _isComplete = true;
    private string _unnamed = "";

    /// <summary>Entries that failed, each with its first reason, in the order of their bytes.</summary>
    public ImmutableArray<FailedEntry> Failures =>
        [.. _failures.OrderBy(f => f.Key).Select(f => new FailedEntry(f.Key.ToString(), f.Value.Reason) { Class = f.Value.Class })];

    /// <summary>Whether every error named an entry that could be understood.</summary>
    public bool Complete => _isComplete && _doubts.Count == 0 && _cut.Count == 0;

    /// <summary>How many entries were gone when rsync came to read them.</summary>
    public int Vanished { get; private set; }

    /// <summary>Those of them that rsync was given by name.</summary>
    public IReadOnlyCollection<EntryPath> Gone => _gone;

    /// <summary>Entries that rsync listed, and did not find when it came to them.</summary>
    public IReadOnlyCollection<EntryPath> Lost => _lost;

    /// <summary>Entries that are not directories, and have one that is not empty in their place on the target; they are among the failures.</summary>
    public IReadOnlyCollection<EntryPath> Blocked => _blocked;

    /// <summary>Whether nothing else failed.</summary>
    public bool IsBlockedAlone => Complete && _blocked.Count > 0 && _failures.Keys.All(_blocked.Contains);

    /// <summary>
    /// Whether what failed last is an entry that the target does not take, and not the target: one that is too large (27), or that may not be
    /// written.
    /// </summary>
    public bool IsFaultOfEntry { get; private set; }

    /// <summary>Whether space, inodes or a quota ran out somewhere on the target.</summary>
    public bool NoSpace { get; private set; }

    /// <summary>The last lines, for a message.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lastLines);

    /// <summary>The first line that names no entry; empty where each names one.</summary>
    public string Unnamed => _unnamed.Length > 0 ? _unnamed : _cut.Select(doubt => doubt.Line).FirstOrDefault("");

    public void Add(string line)
    {
        Keep(line);
        NoSpace |= NoSpaceLeft().IsMatch(line) && !Attributes().IsMatch(line);
        List<MessageReading> readings = [.. RsyncMessages.All.SelectMany(message => message.Read(line))];
        if (readings.Count > 0 && readings.All(reading => reading.Message.Meaning == MessageMeaning.Harmless)) return;
        if (readings.Any(reading => reading.Message.Meaning == MessageMeaning.Gone))
        {
            Vanished++;
            foreach (var lost in readings.Select(MeantBy).OfType<Meant>().Take(MostFailures - _lost.Count)) _lost.Add(lost.Path);
            return;
        }
        List<Meant> meant = [.. readings.Select(MeantBy).OfType<Meant>().DistinctBy(one => (one.Path, one.IsTemporary))];
        if (meant is [{ IsTemporary: false } certain] && !IsTornApart(line)) Take(certain);
        else if (meant.Count > 0 && _doubts.Count < MostFailures) _doubts.Add(new(line, meant));
        else DoNotKnow(line);
    }

    /// <summary>What lines may mean that can be read in several ways; which of it is in the source is for the host to say.</summary>
    public IReadOnlyCollection<EntryPath> Candidates => [.. _doubts.SelectMany(doubt => doubt.Meant).SelectMany(Originals).Distinct()];

    /// <summary>
    /// Takes those candidates for failures that are in the source. Where a temporary name may stand for two entries, both count: one of
    /// them failed. A line that can still be
    /// read in several ways names none.
    /// </summary>
    public void Settle(IReadOnlySet<EntryPath> there)
    {
        foreach (var (line, all) in _doubts)
        {
            var meant = all.Where(one => Originals(one).Any(there.Contains)).ToList();
            if (meant.Count == 0 && all is [{ IsTemporary: true }]) _cut.Add(new(line, all));
            else if (meant is not [var only]) DoNotKnow(line);
            else foreach (var path in Originals(only).Where(there.Contains)) Take(only with { Path = path });
        }
        _doubts.Clear();
    }

    /// <summary>
    /// Temporary names that stand for no entry of the source as they are: rsync cuts a name that would be too long. Known once it is settled.
    /// </summary>
    public IReadOnlyCollection<EntryPath> Cut => [.. _cut.Select(doubt => doubt.Meant[0].Path).Distinct()];

    /// <summary>Takes those for failures of the entries that they were cut from.</summary>
    public void SettleCut(IReadOnlyDictionary<EntryPath, EntryPath> whole)
    {
        foreach (var (line, all) in _cut)
        {
            if (whole.TryGetValue(all[0].Path, out var path)) Take(all[0] with { Path = path });
            else DoNotKnow(line);
        }
        _cut.Clear();
    }

    private static IEnumerable<EntryPath> Originals(Meant meant) => meant.IsTemporary ? TemporaryName.Originals(meant.Path) : [meant.Path];

    private void Take(Meant meant)
    {
        if (meant.Meaning == MessageMeaning.FailedOrGone && meant.Error == 2)
        {
            Vanished++;
            if (_gone.Count < MostFailures) _gone.Add(meant.Path);
            return;
        }
        // A second line may say of an entry what the first did not: its error.
        var isKnown = _failures.TryGetValue(meant.Path, out var known);
        if (isKnown ? known.Class == ExceptionClass.Unknown : _failures.Count < MostFailures) _failures[meant.Path] = meant.Failure;
        else if (!isKnown) _isComplete = false;
        IsFaultOfEntry = meant.Error is 27
            || meant.Failure.Class is ExceptionClass.Permission or ExceptionClass.Name or ExceptionClass.PathTooLong;
        if (meant.Meaning == MessageMeaning.InTheWay && _failures.ContainsKey(meant.Path)) _blocked.Add(meant.Path);
    }

    private void DoNotKnow(string line)
    {
        _isComplete = false;
        if (_unnamed.Length == 0) _unnamed = line;
    }

    private Meant? MeantBy(MessageReading reading)
    {
        var message = reading.Message;
        if (message.Meaning is MessageMeaning.Harmless or MessageMeaning.Whole || reading.Path.Length == 0) return null;
        // rsync escapes what is not UTF-8. What comes as such all the same, by --iconv, was lost on the way here.
        if (reading.Path.Contains('\uFFFD', StringComparison.Ordinal)) return null;
        var bytes = ByteText.Read(reading.Path);
        var found = message.IsFull || bytes[0] == '/' ? PathOf(bytes)
            : TryPath(bytes) is { } relative ? (relative, message.IsOfTarget || reading.Who is "receiver" or "Receiver" or "generator")
            : null;
        if (found is not (var path, var isInTarget)) return null;
        var of = message.Meaning == MessageMeaning.InTheWay
            ? ExceptionClass.InTheWay
            : ExceptionClasses.Of(message.Action, reading.Error, isInTarget);
        var isTemporary = message.IsTemporary && isInTarget && TemporaryName.MayBeOneInAnError(path.Name);
        return new(path, new(ReasonOf(reading), of), message.Meaning, reading.Error, isTemporary);
    }

    private static string ReasonOf(MessageReading reading) => reading switch
    {
        { Message.HasError: false } => reading.Message.Words,
        // nfs(5): the server gives a cookie twice. The client cannot know what comes next.
        { Message.Action: MessageAction.ReadDirectory, Error: 40 } =>
            $"its listing breaks off, the file server repeats itself (a readdir loop): {reading.Reason}",
        _ => reading.Reason,
    };

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

    // Two processes that write at once may tear each other's lines apart.
    private static bool IsTornApart(string line) => Beginning().Count(line) > 1;

    [GeneratedRegex(@"rsync: \[\w+\] ", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Beginning();

    // Some file systems have no space for an attribute that is too large.
    [GeneratedRegex("xattr\\(|_acl", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Attributes();

    [GeneratedRegex("No space left on device \\(\\d+\\)|Disk quota exceeded \\(\\d+\\)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NoSpaceLeft();

    private readonly record struct Failure(string Reason, ExceptionClass Class);

    // What one reading of a line means.
    private sealed record Meant(EntryPath Path, Failure Failure, MessageMeaning Meaning, int? Error, bool IsTemporary);

    private readonly record struct Doubt(string Line, List<Meant> Meant);
}
