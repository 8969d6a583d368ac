using System.Collections.Immutable;
using System.Runtime.InteropServices;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>Counts times and owners on one thread of a crawl; those of all threads are added up in the end.</summary>
internal sealed class CrawlFacts
{
    // The plan names the buckets of so many files; beyond that it is all buckets.
    private const int MostFiles = 10_000;

    private readonly Found[] _times = new Found[TimeRanges.All.Length];
    private readonly Dictionary<(uint User, uint Group), long> _owners = [];
    private (uint User, uint Group) _owner;
    private long _ofOwner;

    public void Count(DirectoryNode directory, ReadOnlySpan<byte> name, in FileStatus status)
    {
        // Entries of one directory have one owner, as a rule.
        if ((status.Owner, status.Group) == _owner) _ofOwner++;
        else
        {
            Settle();
            (_owner, _ofOwner) = ((status.Owner, status.Group), 1);
        }
        var at = TimeRanges.Of(status.Modified);
        if (at >= 0) _times[at].Add(directory.Path().Combine(name), EntryKinds.Of(status) == EntryKind.File);
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Add(CrawlFacts other)
    {
        Settle();
        other.Settle();
        foreach (var (owner, entries) in other._owners) _owners[owner] = _owners.GetValueOrDefault(owner) + entries;
        for (var at = 0; at < _times.Length; at++) _times[at].Add(other._times[at]);
    }

    /// <summary>For each range that has entries how many, the first of them, and the files among them; null for too many.</summary>
    public IEnumerable<(TimeCount Count, IReadOnlyList<EntryPath>? Files)> Times => TimeRanges.All
        .Zip(_times, (range, found) => (range, found)).Where(one => one.found.Entries > 0)
        .Select(one => (new TimeCount(one.range.From, one.range.Until, one.found.Entries, one.found.First.ToString()), one.found.Files));

    public ImmutableArray<OwnerCount> Owners
    {
        get
        {
            Settle();
            return
            [
                .. _owners.Select(one => new OwnerCount(one.Key.User, one.Key.Group, one.Value))
                    .OrderByDescending(one => one.Entries).ThenBy(one => one.User).ThenBy(one => one.Group).Take(TreeFacts.MostOwners),
            ];
        }
    }

    private void Settle()
    {
        if (_ofOwner > 0) CollectionsMarshal.GetValueRefOrAddDefault(_owners, _owner, out _) += _ofOwner;
        _ofOwner = 0;
    }

    private struct Found
    {
        private List<EntryPath>? _files;
        private bool _tooMany;

        public long Entries { get; private set; }

        public EntryPath First { get; private set; }

        public readonly IReadOnlyList<EntryPath>? Files => _tooMany ? null : _files ?? [];

        public void Add(EntryPath path, bool isFile)
        {
            if (Entries++ == 0 || path.CompareTo(First) < 0) First = path;
            if (!isFile || _tooMany) return;
            (_files ??= []).Add(path);
            _tooMany = _files.Count > MostFiles;
        }

        public void Add(Found other)
        {
            if (other.Entries == 0) return;
            if (Entries == 0 || other.First.CompareTo(First) < 0) First = other.First;
            Entries += other.Entries;
            (_files ??= []).AddRange(other._files ?? []);
            _tooMany |= other._tooMany || _files.Count > MostFiles;
        }
    }
}
