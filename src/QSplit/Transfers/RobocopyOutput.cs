using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What robocopy prints, job after job: errors as they come, and a table of figures at the end of each.</summary>
/// <param name="source">The path that it was given as source: errors name entries by it, or by the target.</param>
/// <param name="target">The same for the target.</param>
/// <param name="progress">Given the bytes copied so far, at the end of each job.</param>
/// <remarks>Windows speaks many languages: lines are told by their numbers, not by their words.</remarks>
internal sealed partial class RobocopyOutput(string source, string target, Action<long> progress)
{
    private const int MostFailures = 1000, MostLines = 20;

    // winerror.h: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED; and what a network does that is gone or was never there.
    private static readonly int[] DiskFull = [112, 39, 1295];
    private static readonly int[] NetworkGone = [51, 52, 53, 54, 55, 58, 59, 64, 65, 67, 71, 121, 1130, 1225, 1231, 1232, 1236];

    private readonly Dictionary<EntryPath, string> _failures = [];
    private readonly Queue<string> _lastLines = new();
    private int _row;
    private (int Code, EntryPath? Path)? _error;

    public Moved Moved { get; private set; }

    /// <summary>Entries that an error was about, each with its first reason, in the order of their bytes; some may have been copied at another try.</summary>
    public ImmutableArray<FailedEntry> Failures => [.. _failures.OrderBy(f => f.Key).Select(f => new FailedEntry(f.Key.ToString(), f.Value))];

    /// <summary>Whether space or quota ran out.</summary>
    public bool NoSpace { get; private set; }

    /// <summary>Whether a share or its server was not to be reached.</summary>
    public bool LostNetwork { get; private set; }

    /// <summary>Its own word when it does not take an option; null otherwise.</summary>
    public string? RefusedOption { get; private set; }

    /// <summary>The last lines that told of something, for a message.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lastLines);

    public void Add(string line)
    {
        if (Row().Match(line) is { Success: true } row) AddRow(row);
        else if (Error().Match(line) is { Success: true } error) AddError(error);
        else if (_error is { } before) AddReason(before, line.Trim());
        else if (Invalid().IsMatch(line)) RefusedOption ??= line.Trim();
        if (!Row().IsMatch(line) && line.AsSpan().ContainsAnyExcept("- \t")) Keep(line);
    }

    // Directories, files, bytes, in this order: total, copied, skipped, mismatched, failed, extras.
    private void AddRow(Match row)
    {
        var copied = long.Parse(row.Groups["copied"].ValueSpan, CultureInfo.InvariantCulture);
        Moved += _row switch
        {
            0 => new Moved(0, 0, copied),
            1 => new Moved(copied, 0, copied),
            _ => new Moved(0, copied, 0),
        };
        if (_row == 2) progress(Moved.Bytes);
        _row = (_row + 1) % 3;
    }

    private void AddError(Match error)
    {
        var code = int.Parse(error.Groups["code"].ValueSpan, CultureInfo.InvariantCulture);
        NoSpace |= DiskFull.Contains(code);
        LostNetwork |= NetworkGone.Contains(code);
        _error = (code, PathOf(error.Groups["path"].Value));
    }

    // The line behind it is what the system says of the code.
    private void AddReason((int Code, EntryPath? Path) error, string reason)
    {
        _error = null;
        if (error.Path is { } path && _failures.Count < MostFailures) _failures.TryAdd(path, $"{reason.TrimEnd('.')} ({error.Code})");
    }

    // What is between code and path is a sentence in the language of the system: the path is what begins as one of the two trees does.
    private EntryPath? PathOf(string text) => Below(source, text) ?? Below(target, text);

    private static EntryPath? Below(string root, string text)
    {
        var prefix = root.TrimEnd('\\');
        var at = text.IndexOf(prefix, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var rest = text[(at + prefix.Length)..].TrimEnd();
        if (rest.Length > 0 && rest[0] != '\\') return null;
        try
        {
            return EntryPath.FromBytes(Encoding.UTF8.GetBytes(rest.Trim('\\').Replace('\\', '/')));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private void Keep(string line)
    {
        if (_lastLines.Count == MostLines) _lastLines.Dequeue();
        _lastLines.Enqueue(line.Trim());
    }

    //   Files :      1234      1200        34         0         0         0
    [GeneratedRegex(@"^\s*[^\s:][^:]*:\s+(\d+)\s+(?<copied>\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Row();

    // 2023/05/02 10:11:12 ERROR 5 (0x00000005) Copying File \\nas\old\a.wav
    [GeneratedRegex(@"^(\S+ +\S+ +)?\S+ (?<code>\d+) \(0x[0-9A-Fa-f]{8}\) (?<path>.*)$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Error();

    // ERROR : Invalid Parameter #4 : "/MTT:8"
    [GeneratedRegex("^\\s*\\S+ : [^#]*#\\d+ : \"", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Invalid();
}
