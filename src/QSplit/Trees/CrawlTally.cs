using System.Collections.Concurrent;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>What is counted over a whole crawl, by several threads.</summary>
internal sealed class CrawlTally(IProgress<CrawlProgress>? progress)
{
    private const int EntriesBetweenReports = 1000;

    private long _directories;
    private long _bytes;
    private long _logicalBytes;
    private long _entries;
    private long _holed;
    private long _holes;
    private long _flagged;
    private int _linked;
    private readonly ConcurrentDictionary<string, long> _leftOut = [];

    /// <summary>What times and owners there are.</summary>
    public CrawlFacts Facts { get; } = new();

    /// <summary>How many entries were left out, by the pattern of their names.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _leftOut;

    /// <summary>Whether any name has others.</summary>
    public bool Linked => _linked != 0;

    /// <summary>Files that show clearly more bytes than they hold, and how many more.</summary>
    public (long Files, long Bytes) Holes => (_holed, _holes);

    /// <summary>Entries that cannot be changed or only be appended to: chattr(1), +i and +a.</summary>
    public long Flagged => _flagged;

    private CrawlProgress Progress => new(Interlocked.Read(ref _directories), new(Interlocked.Read(ref _bytes), Interlocked.Read(ref _logicalBytes), Interlocked.Read(ref _entries)));

    public void CountDirectory() => Interlocked.Increment(ref _directories);

    public void Count(Totals totals)
    {
        Interlocked.Add(ref _bytes, totals.Bytes);
        Interlocked.Add(ref _logicalBytes, totals.LogicalBytes);
        var entries = Interlocked.Add(ref _entries, totals.Entries);
        if (progress is not null && entries / EntriesBetweenReports != (entries - totals.Entries) / EntriesBetweenReports) progress.Report(Progress);
    }

    /// <summary>Counts an entry that has flags, other names, or holes.</summary>
    public void CountSpecial(in FileStatus status)
    {
        if ((status.Attributes & (FileStatus.Immutable | FileStatus.AppendOnly)) != 0) Interlocked.Increment(ref _flagged);
        if (EntryKinds.Of(status) == EntryKind.Directory) return;
        if (status.Links > 1) Volatile.Write(ref _linked, 1);
        if (EntryKinds.Of(status) != EntryKind.File || status.Logical - status.Allocated < HoleAdvice.SmallestHole) return;
        Interlocked.Increment(ref _holed);
        Interlocked.Add(ref _holes, status.Logical - status.Allocated);
    }

    public void LeaveOut(string pattern) => _leftOut.AddOrUpdate(pattern, 1, (_, count) => count + 1);

    /// <summary>Adds what one thread counted.</summary>
    public void Add(CrawlFacts facts)
    {
        lock (Facts) Facts.Add(facts);
    }

    public void ReportEnd() => progress?.Report(Progress);
}
